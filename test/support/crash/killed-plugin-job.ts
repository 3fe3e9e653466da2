import { given } from '../reference-model/environment.ts'
import { openShape, runShape } from './plugin-run.ts'
import { pluginShapeNamed } from './plugin-shapes.ts'
import { countedSteps } from './steps.ts'

/**
 * A process that runs a shape with plug-ins: `killed-plugin-job.ts PATH SHAPE START kill STEP`, or `copy FOLDER`. Steps are the end of each
 * write transaction and the first look at the clock or request for an id after it, mostly within the next one.
 */
const [path = '', name, start, ...atSteps] = process.argv.slice(2)
const shape = pluginShapeNamed(name)
const { now, newId } = given(Number(start))
const { step, count } = countedSteps(path, atSteps)
let isBetween = true

/** After the first of these the next tells nothing new: all that happened since the last commit is lost alike. */
const stepAfterCommit = (): void => {
  if (isBetween) step()
  isBetween = false
}

const engine = openShape(shape, {
  path,
  turns: {
    enter: () => {},
    leave: () => {
      isBetween = true
      step()
    },
  },
  now: () => {
    stepAfterCommit()
    return now()
  },
  newId: () => {
    stepAfterCommit()
    return newId()
  },
})
await runShape(engine, shape)
engine.close()
process.stdout.write(String(count()))
