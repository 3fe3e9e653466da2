import { openEngine } from '#engine'
import { given, requestOf } from '../reference-model/environment.ts'
import { finishJob } from '../reference-model/session.ts'
import { shapeNamed } from './shapes.ts'

/**
 * A process that runs a shape's job in an environment and kills itself at one step: `killed-job.ts PATH SHAPE STEP START`. Steps
 * are the end of each write transaction, and each look at the clock and each request for an id, some of which lie inside
 * one. At step 0 it runs to the end and prints how many there were.
 */
const [path = '', name, killAt, start] = process.argv.slice(2)
const { sketch, operation } = shapeNamed(name)
const { now, newId } = given(Number(start))
let steps = 0

const step = (): void => {
  if (++steps === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}

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
process.stdout.write(String(steps))
