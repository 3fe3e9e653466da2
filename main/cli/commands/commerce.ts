import { readFileSync } from 'node:fs'
import { Argument, Command, Option } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import { BATCHES, EXCHANGE_JOBS } from '../../commerce/model/exchange.ts'
import { FEATURES } from '../../commerce/model/features.ts'
import { readCommerceFile } from '../../scenario/commerce-file.ts'
import { acts, examples, several } from '../command.ts'
import { type CommerceOptions, OPERATION_NAMES, operationOf } from '../commerce-operation.ts'
import { isQuestion, QUESTION_NAMES, QUESTIONS } from '../commerce-questions.ts'
import { answerText, callFacts, unendedJobs } from '../commerce-text.ts'
import { EXIT } from '../exit-codes.ts'
import { wholeNumber } from '../wholes.ts'
import { withWorkbench } from '../with-workbench.ts'

/** Declares channels, features and customers from a file; and runs what its schedule says is due. */
const SET_UP = 'setUp'
const RUN_DUE = 'runDue'

export const commerce = () =>
  acts<[string, string, string | undefined], CommerceOptions>(
    new Command('commerce')
      .description(
        'asynchronous customers: do what a channel, the exchange or headquarters does, or ask where a customer is and what is stuck',
      )
      .argument('<environment>', 'a .cascade file')
      .addArgument(new Argument('<what>', 'an operation or a question').choices([...QUESTION_NAMES, SET_UP, RUN_DUE, ...OPERATION_NAMES]))
      .argument('[argument]', 'a feature, a batch, a job, an account or a file, where one is meant')
      .option('--channel <name>', 'the channel')
      .option('--customer <account>', 'the real account, or the GUID of an asynchronous customer')
      .option('--address <id>', 'the id of an address')
      .option('--id <id>', 'the id of an order or a sale')
      .option('--set <column=value>', 'a value; may be given several times', several)
      .option('--contact <id,type,value>', 'a contact, with ",primary" for the primary one; may be given several times', several)
      .option('--affiliation <name>', 'an affiliation; may be given several times', several)
      .option('--attribute <name=value>', 'an attribute; may be given several times', several)
      .option('--empty', 'an empty list of contacts, affiliations or attributes')
      .addOption(new Option('--mode <mode>', 'how an order is made').choices(['Sync', 'Async']))
      .option('--times <number>', 'how often applying the next session fails', wholeNumber(1))
      .option('--every <minutes>', 'how often a schedule runs; 0 for never', wholeNumber(0))
      .addOption(new Option('--hold <on>', 'whether a schedule is held').choices(['on', 'off']))
      .addOption(new Option('--online <on>', 'whether the channel is online').choices(['on', 'off']))
      .addOption(new Option('--real-time <on>', 'whether the real-time service answers').choices(['on', 'off']))
      .addOption(new Option('--async-option <on>', 'createCustomerInAsyncMode of the profile').choices(['on', 'off']))
      .option('--address-book <name>', 'the address book of the profile; "" for none')
      .option('--default-customer <account>', 'the default customer of the profile; "" for none')
      .option('--operation <id>', 'an operation as `status` names it; may be given several times', several)
      .option('--limit <count>', 'how much is listed', wholeNumber(1), 100)
      .addHelpText(
        'after',
        `
Features: ${FEATURES.join(', ')}
Jobs: ${EXCHANGE_JOBS.join(', ')}
Batches: ${BATCHES.join(', ')}
${examples(
  'cascade commerce lab.cascade setUp channels.yaml',
  'cascade commerce lab.cascade createCustomer --channel store-1 --set firstname=Eve --set lastname=Adams',
  'cascade commerce lab.cascade upload --channel store-1',
  'cascade commerce lab.cascade runJob P-0001',
  'cascade commerce lab.cascade runBatch SynchronizeCustomers',
  'cascade commerce lab.cascade stuck --json',
)}`,
      ),
    async ({ output }, options, environment, what, argument) =>
      withWorkbench(environment, async (workbench) => {
        if (isQuestion(what)) {
          const { value, text } = QUESTIONS[what](workbench, { ...options, argument })
          output.result(value, text)
          return EXIT.ok
        }
        if (what === SET_UP) {
          if (argument === undefined) throw inputInvalid('Which channels? Give a YAML file with the section "commerce" of a scenario.')
          await workbench.setUpCommerce(readCommerceFile(readFile(argument), argument))
          output.result(workbench.findCommerceChannels(), () => QUESTIONS.channels(workbench).text())
          return EXIT.ok
        }
        if (what === RUN_DUE) {
          const ran: string[] = []
          for (;;) {
            const due = await workbench.takeDueCommerce(Date.now())
            if (due === undefined) break
            if (!due.isHeld) await workbench.runScheduledCommerce(due.name)
            ran.push(due.isHeld ? `${due.name} (held)` : due.name)
          }
          output.result({ ran }, () => (ran.length === 0 ? 'Nothing is due.' : ran.join('\n')))
          return EXIT.ok
        }
        const before = workbench.commerceMarks()
        const answer = await workbench.operateCommerce(operationOf(what, argument, options, workbench))
        const calls = workbench.findCommerceCalls(before.calls).map(callFacts)
        const runs = workbench.findCommerceRuns(before.runs)
        output.result({ ...answer, calls, runs }, () => answerText(answer, calls, runs))
        if (answer.failure !== null) return EXIT.refused
        return unendedJobs(workbench, answer.jobs) ? EXIT.jobNotCompleted : EXIT.ok
      }),
  )

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw inputInvalid(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { path })
  }
}
