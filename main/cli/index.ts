import { CommanderError } from 'commander'
import { ignoreClosedPipes } from './closed-pipes.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { withUsualPort } from './inspector.ts'
import { createOutput } from './output.ts'
import { createProgram } from './program.ts'
import { printAside } from './terminal.ts'
import { Interrupted } from './with-workbench.ts'

ignoreClosedPipes()

try {
  await createProgram().parseAsync(withUsualPort(process.argv))
} catch (error) {
  if (error instanceof Interrupted) {
    printAside(`\n${error.message}\n`)
    process.exitCode = EXIT.interrupted
  } else {
    // Commander has already printed what is wrong with the usage.
    if (!(error instanceof CommanderError)) createOutput(process.argv.includes('--json')).error(error)
    process.exitCode = exitCodeOf(error)
  }
}
