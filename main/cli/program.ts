import { Command } from 'commander'
import product from '../../package.json' with { type: 'json' }
import { access } from './commands/access.ts'
import { assign } from './commands/assign.ts'
import { associate, disassociate } from './commands/associate.ts'
import { bulkDelete } from './commands/bulk-delete.ts'
import { commerce } from './commands/commerce.ts'
import { remove } from './commands/delete.ts'
import { generate } from './commands/generate.ts'
import { importCommand } from './commands/import.ts'
import { jobs } from './commands/jobs.ts'
import { merge } from './commands/merge.ts'
import { create } from './commands/new.ts'
import { plugin } from './commands/plugin.ts'
import { preview } from './commands/preview.ts'
import { reassign } from './commands/reassign.ts'
import { roles } from './commands/roles.ts'
import { run } from './commands/run.ts'
import { serve } from './commands/serve.ts'
import { share, unshare } from './commands/share.ts'
import { EXIT_CODES_HELP } from './exit-codes.ts'
import { print, printAside } from './terminal.ts'

/** Every command of `cascade`. */
const COMMANDS = [
  create,
  importCommand,
  generate,
  preview,
  assign,
  reassign,
  remove,
  bulkDelete,
  merge,
  associate,
  disassociate,
  share,
  unshare,
  access,
  roles,
  jobs,
  commerce,
  plugin,
  run,
  serve,
]

/** Builds the command line. Wrong usage and `--help` throw a CommanderError instead of ending the process. */
export function createProgram(): Command {
  const program = new Command('cascade')
    .description('Rehearse cascading transactions offline: environments, cascades, jobs and scenarios')
    .version(product.version)
    .showHelpAfterError('Add --help for what is expected.')
    .addHelpText('after', EXIT_CODES_HELP)
  for (const make of COMMANDS) program.addCommand(make().addHelpText('after', EXIT_CODES_HELP))
  for (const command of everyCommand(program))
    command.exitOverride().configureOutput({ writeOut: print, writeErr: printAside }).showHelpAfterError('Add --help for what is expected.')
  return program
}

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)]
