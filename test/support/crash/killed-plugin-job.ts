import { given } from '../reference-model/environment.ts'
import { openShape, runShape } from './plugin-run.ts'
import { pluginShapeNamed } from './plugin-shapes.ts'

/**
 * A process that runs a shape with plug-ins and kills itself at one step: `killed-plugin-job.ts PATH SHAPE STEP START`. Steps are the end
 * of each write transaction and the first look at the clock or request for an id after it, mostly within the next one. At step 0 it
 * runs to the end and prints how many there were.
 */
const [path = '', name, killAt, start] = process.argv.slice(2)
const shape = pluginShapeNamed(name)
const { now, newId } = given(Number(start))
let steps = 0
let isBetween = true

const step = (): void => {
  if (++steps === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}

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
process.stdout.write(String(steps))
