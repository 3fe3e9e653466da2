import { openEngine } from '#engine'
import { finishCommerce } from '../commerce-way.ts'
import { given } from '../reference-model/environment.ts'
import { countedSteps } from './steps.ts'

/**
 * A process that brings the customers of an environment from their channels to headquarters and back: `killed-commerce.ts PATH NAME START kill STEP`, or
 * `copy FOLDER`. Steps are the end of each write transaction, and each look at the clock and each request for an id.
 */
const [path = '', , start, ...atSteps] = process.argv.slice(2)
const { now, newId } = given(Number(start))
const { step, count } = countedSteps(path, atSteps)

const engine = openEngine({
  path,
  mode: 'open',
  turns: { enter: () => {}, leave: step },
  now: () => {
    step()
    return now()
  },
  newId: () => {
    step()
    return newId()
  },
})
finishCommerce(engine)
engine.close()
process.stdout.write(String(count()))
