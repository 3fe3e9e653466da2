import { Command } from 'commander'
import { EXIT_CODES_HELP } from '../exit-codes.ts'
import { check } from './plugin/check.ts'
import { install } from './plugin/install.ts'
import { list } from './plugin/list.ts'
import { disable, enable, remove } from './plugin/manage.ts'
import { create } from './plugin/new.ts'
import { steps } from './plugin/steps.ts'
import { test } from './plugin/test.ts'
import { trace } from './plugin/trace.ts'

/** First the commands for authors of plug-ins, then those for users. */
const COMMANDS = [create, check, test, install, list, enable, disable, remove, steps, trace]

export function plugin(): Command {
  const command = new Command('plugin').description('write, check and test plug-ins, and install them in an environment')
  for (const make of COMMANDS) command.addCommand(make().addHelpText('after', EXIT_CODES_HELP))
  return command.addHelpText(
    'after',
    `
Examples:
  cascade plugin new close-guard
  cascade plugin test close-guard --watch
  cascade plugin install lab.cascade close-guard
  cascade plugin trace lab.cascade --errors`,
  )
}
