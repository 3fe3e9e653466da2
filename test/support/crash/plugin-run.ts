import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { EngineOptions } from '#engine/contract/engine'
import { LiveRuntime } from '../live-runtime.ts'
import { messageOfJob } from '../message-of-job.ts'
import { makeEnvironment, requestOf } from '../reference-model/environment.ts'
import { finishJob } from '../reference-model/session.ts'
import { runSteps } from '../run-job.ts'
import { OBSTACLE, type PluginShape } from './plugin-shapes.ts'

/** What runs a shape's plug-ins: the same objects under the same numbers in every process. */
export function runtimeOf({ plugins }: PluginShape): { runtime: LiveRuntime; packages: ReturnType<LiveRuntime['package']>[] } {
  const runtime = new LiveRuntime()
  return { runtime, packages: plugins.map((definition) => runtime.package(definition)) }
}

export const openShape = (shape: PluginShape, options: Omit<EngineOptions, 'mode' | 'plugins'>): Engine =>
  openEngine({ ...options, mode: 'open', plugins: runtimeOf(shape).runtime })

/** The environment of a shape with its plug-ins installed, closed. */
export function makeShape(path: string, shape: PluginShape, options: Pick<EngineOptions, 'now' | 'newId'>): void {
  const { sketch, batchSize } = shape
  makeEnvironment(path, sketch).close()
  const engine = openShape(shape, { path, ...options })
  engine.changeSettings({ batchSize })
  for (const each of runtimeOf(shape).packages) engine.installPlugin(each, { isEnabled: true })
  engine.close()
}

/** The whole of a shape's cascade, from the request to the last asynchronous step. */
export async function runShape(engine: Engine, { sketch, operation, mode }: PluginShape): Promise<void> {
  const { request, options } = engine.as(operation.caller).preValidate(requestOf(sketch, operation))
  const { planId } = engine.as(operation.caller).planCascade(request, mode)
  if (mode === 'Sync') engine.as(operation.caller).executeSync(planId, options)
  else {
    const { id } = engine.as(operation.caller).createJob(planId, options)
    engine.prepareJob(id, planId)
  }
  await goOn(engine)
}

/** Brings to its end whatever there is to do: the job, with the help that a paused one needs, and asynchronous steps. */
export async function goOn(engine: Engine): Promise<void> {
  for (const { id } of engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs) {
    let helped = 0
    for (let { status } = engine.as('admin').getJob(id).job; status !== 'Completed'; { status } = finishJob(engine, id)) {
      if (status !== 'Paused') continue
      if (helped++ > 0) throw new Error(`The job paused again: ${messageOfJob(engine.as('admin').getJob(id).job)}`)
      // Before it is disabled: a step that has waited for its turn until then would not run any more.
      await runSteps(engine)
      engine.disablePlugin(OBSTACLE)
      engine.as('admin').resumeJob(id)
    }
  }
  await runSteps(engine)
}
