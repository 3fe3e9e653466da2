import { dirname, join } from 'node:path'
import { makeTemporaryFolder } from '#engine/store/temporary-folder'
import { parseScenario, type StatedScenario } from '../scenario/format/scenario.ts'
import { RunEnvironment } from '../scenario/run-environment.ts'
import { begin, prepareInside } from '../scenario/run-scenario.ts'
import { readScenarioFile } from '../scenario/scenario-files.ts'
import { type Entry, readSource } from '../scenario/source.ts'
import { VirtualClock } from '../scenario/virtual-clock.ts'
import type { ConfiguredPlugin, PluginUnderTest, TestEnvironment, TestEnvironmentOptions } from './environment.ts'
import { asTest } from './errors.ts'
import { ScenarioEnvironment } from './scenario-environment.ts'
import { sourceOf } from './source-of.ts'
import { TestPlugins } from './test-plugins.ts'

/**
 * Opens a new environment for one test, with these records and plug-ins.
 *
 * ```ts
 * await using lab = await openTestEnvironment({
 *   plugins: [plugin],
 *   model: { tables: { account: {} } },
 *   records: { account: [{ id: 'A', name: 'Contoso' }] },
 * })
 * await expect(lab.assign('account/A', 'bob')).rejects.toMatchObject({ code: '0x80040265' })
 * ```
 *
 * @throws TestInvalid if the options name what does not exist, OperationRefused with PLUGIN_INVALID for an invalid plug-in
 */
export async function openTestEnvironment(options: TestEnvironmentOptions = {}): Promise<TestEnvironment> {
  const folder = makeTemporaryFolder()
  const clock = new VirtualClock()
  const plugins = new TestPlugins(clock)
  const begun: { environment?: RunEnvironment } = {}
  const close = async () => {
    await begun.environment?.close()
    plugins.close()
    folder.remove()
  }
  try {
    const stated = await asTest(() => statedScenario(options))
    begun.environment = await RunEnvironment.create(join(folder.path, 'test.cascade'), clock, plugins)
    const test = await beginTest(stated, options, { environment: begun.environment, plugins, close })
    for (const each of options.plugins ?? []) {
      const { plugin, configuration } = isConfigured(each) ? each : { plugin: each, configuration: '' }
      await test.installPlugin(plugin, configuration)
    }
    return test
  } catch (error) {
    await close()
    throw error
  }
}

interface Parts {
  environment: RunEnvironment
  plugins: TestPlugins
  close: () => Promise<void>
}

const beginTest = (stated: StatedScenario, { scenario }: TestEnvironmentOptions, parts: Parts): Promise<ScenarioEnvironment> =>
  asTest(async () => {
    const folder = scenario === undefined ? process.cwd() : dirname(scenario)
    if (stated.plugins.length > 0) await parts.plugins.contain()
    const prepared = await prepareInside(parts.environment.workbench, stated, folder)
    const state = await begin(prepared, folder, parts.environment)
    return new ScenarioEnvironment({ ...parts, state, names: prepared.names })
  })

/** Converts the options to a scenario without steps, merged with that of the file. */
function statedScenario({ scenario, model, settings, records, generate }: TestEnvironmentOptions): StatedScenario {
  const own = sourceOf({
    scenario: 'A test',
    model: model ?? (scenario === undefined ? {} : undefined),
    settings,
    records,
    generate,
    steps: [],
  })
  const entries = own.kind === 'mapping' ? own.entries : []
  const given = scenario === undefined ? [] : entriesOf(scenario).filter(({ key }) => !entries.some((entry) => entry.key === key))
  return parseScenario({ kind: 'mapping', at: own.at, entries: [...given, ...entries] })
}

function entriesOf(path: string): Entry[] {
  const root = readSource(readScenarioFile(path).text)
  return root.kind === 'mapping' ? root.entries : []
}

const isConfigured = (plugin: PluginUnderTest | ConfiguredPlugin): plugin is ConfiguredPlugin =>
  typeof plugin === 'object' && 'plugin' in plugin
