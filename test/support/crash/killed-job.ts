import { openEngine } from '#engine'
import { given, requestOf } from '../reference-model/environment.ts'
import { finishJob } from '../reference-model/session.ts'
import { shapeNamed } from './shapes.ts'
import { countedSteps } from './steps.ts'

/**
 * A process that runs a shape's job in an environment: `killed-job.ts PATH SHAPE START kill STEP`, or `copy FOLDER`. Steps are the end of
 * each write transaction, and each look at the clock and each request for an id, some of which lie inside one.
 */
const [path = '', name, start, ...atSteps] = process.argv.slice(2)
const { sketch, operation } = shapeNamed(name)
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
const { planId } = engine.as(operation.caller).planCascade(requestOf(sketch, operation), 'Async')
const { id } = engine.as(operation.caller).createJob(planId)
engine.prepareJob(id, planId)
finishJob(engine, id)
engine.close()
process.stdout.write(String(count()))
