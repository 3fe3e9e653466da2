import { basename } from 'node:path'
import { storeText } from '#text/english/store'
import type { EnvironmentInfo } from '../contract/environment.ts'
import { checkSettings, type Settings } from '../contract/settings.ts'
import { createdOn } from '../store/bootstrap.ts'
import { FORMAT_VERSION } from '../store/migrations/index.ts'
import { administratorOf } from '../store/owners.ts'
import { readSettings, writeSettings } from '../store/settings.ts'
import { lastRunNumber } from '../store/step-runs.ts'
import { countHeldJobs } from '../store/system-jobs.ts'
import { checkIntegrity } from './integrity.ts'
import { change, method } from './method.ts'

/** The environment as a whole: its file and its settings. */
export const environmentMethods = {
  info: method({
    where: 'main',
    run: ({ session: { connection, model, options, invalidSettings, held } }): EnvironmentInfo => ({
      path: options.path,
      name: basename(options.path).replace(/\.cascade$/, ''),
      formatVersion: FORMAT_VERSION,
      sizeBytes: connection.fileBytes,
      tables: model.definition.tables.length,
      relationships: model.definition.relationships.length,
      createdOnMs: createdOn(connection),
      administratorId: administratorOf(connection).id,
      heldJobs: countHeldJobs(connection, held.range),
      notices: invalidSettings.map((setting) => storeText.settingInvalid({ setting })),
    }),
  }),

  settings: method({ where: 'main', run: ({ session }) => session.settings }),
  /** @throws INPUT_INVALID that names the setting and its allowed values */
  changeSettings: change({
    where: 'main',
    run({ session: { connection } }, change: Partial<Settings>): Settings {
      checkSettings(change)
      writeSettings(connection, change)
      return readSettings(connection).settings
    },
    announces: (settings) => [{ kind: 'settings', settings }],
  }),

  /** Returns the number of the newest run in the trace log; 0 if there is none. */
  lastRun: method({ where: 'main', run: ({ session }) => lastRunNumber(session.connection) }),

  /** Looks for inconsistencies: damage, dangling lookups, wrong counters. Returns a sentence for each. */
  checkIntegrity: method({ where: 'interactive', run: ({ session }) => checkIntegrity(session) }),
  /** Checkpoints the write-ahead log if it has grown long. */
  checkpoint: method({ where: 'interactive', run: ({ session }) => session.connection.checkpoint() }),
}
