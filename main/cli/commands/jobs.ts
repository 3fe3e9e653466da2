import { Argument, Command, Option } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import { JOB_KINDS, JOB_STATUSES, type JobKindName, type JobStatus } from '#engine/contract/jobs'
import type { WorkbenchUser } from '../../workbench/workbench.ts'
import { type CallerOption, callerOf, withCaller } from '../caller.ts'
import { acts, examples } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { exitCodeOfJob, jobFacts, jobTable, jobText, pageFacts } from '../job-text.ts'
import type { Output } from '../output.ts'
import type { Acting } from '../record-argument.ts'
import { withWorkbench } from '../with-workbench.ts'

interface JobsOptions extends CallerOption {
  json?: boolean
  view: 'all' | JobKindName
  status?: JobStatus
  before?: string
  limit: number
}

type JobAction = (acting: Acting, id: string, output: Output) => Promise<ExitCode>

/** Actions on one job. Resume and re-execute wait for its end, since the job runs only while this command does. */
const ACTIONS: Record<string, JobAction> = {
  async show({ user }, id, output) {
    const details = user.getJob(id)
    output.result(jobFacts(details), () => jobText(details))
    return EXIT.ok
  },
  /** Waits for a job's end. An interrupted job continues by itself, but only while the environment is open. */
  async wait(acting, id, output) {
    return end(acting, id, output)
  },
  async pause({ user }, id, output) {
    await user.pauseJob(id)
    const details = user.getJob(id)
    output.result(jobFacts(details), () => jobText(details))
    return EXIT.ok
  },
  async resume(acting, id, output) {
    return end(acting, (await acting.user.resumeJob(id)).id, output)
  },
  async reexecute(acting, id, output) {
    return end(acting, (await acting.user.reexecuteJob(id)).id, output)
  },
  async cancel({ user }, id, output) {
    await user.cancelJob(id)
    const details = user.getJob(id)
    output.result(jobFacts(details), () => jobText(details))
    return EXIT.ok
  },
}

async function end({ workbench, user }: Acting, id: string, output: Output): Promise<ExitCode> {
  await workbench.jobEnded(id)
  await workbench.stepJobsEnded()
  const ended = user.getJob(id)
  output.result(jobFacts(ended), () => jobText(ended))
  return exitCodeOfJob(ended)
}

/** Lets the jobs of somebody else's file continue and waits for their end, since they run only while this command does. */
async function continueAll({ workbench, user }: Acting, output: Output): Promise<ExitCode> {
  const open = JOBS_THAT_CONTINUE.flatMap((status) => user.findJobs({ status, limit: 1_000 }).jobs)
  await workbench.continueJobs()
  await Promise.all(open.map(({ id }) => workbench.jobEnded(id)))
  await workbench.stepJobsEnded()
  const jobs = open.map(({ id }) => user.getJob(id).job)
  const page = { jobs, total: jobs.length }
  output.result(pageFacts(page), () => jobTable(page))
  return jobs.every(({ status }) => status === 'Completed') ? EXIT.ok : EXIT.jobNotCompleted
}

const JOBS_THAT_CONTINUE: readonly JobStatus[] = ['In Progress', 'Waiting']

function list(user: WorkbenchUser, { view, status, before, limit }: JobsOptions, output: Output): void {
  const kind = view === 'all' ? undefined : view
  const page = user.findJobs({
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status }),
    ...(before === undefined ? {} : { before }),
    limit,
  })
  output.result(pageFacts(page), () => jobTable(page))
}

export const jobs = () =>
  acts<[string, string, string | undefined], JobsOptions>(
    withCaller(new Command('jobs'))
      .description(
        'list the system jobs, show one with its messages, wait for its end, pause one, resume, re-execute or cancel a paused one, or let the jobs of a file from somebody else continue',
      )
      .argument('<environment>', 'a .cascade file')
      .addArgument(new Argument('[action]', 'what to do').choices(['list', 'continue', ...Object.keys(ACTIONS)]).default('list'))
      .argument('[id]', 'the job, for every action but list and continue')
      .addOption(new Option('--view <view>', 'which jobs are listed').choices(['all', ...JOB_KINDS]).default('all'))
      .addOption(new Option('--status <status>', 'only jobs in this status').choices(JOB_STATUSES))
      .option('--before <id>', 'only jobs older than this one')
      .addOption(new Option('--limit <count>', 'how many jobs are listed').argParser(Number).default(100))
      .addHelpText(
        'after',
        examples(
          'cascade jobs lab.cascade',
          'cascade jobs lab.cascade --view cascade --json',
          'cascade jobs lab.cascade --view step --status Failed',
          'cascade jobs lab.cascade show 0198c1de-…',
          'cascade jobs lab.cascade wait 0198c1de-…',
          'cascade jobs lab.cascade resume 0198c1de-… --as alice',
          'cascade jobs lab.cascade pause 0198c1de-…',
          'cascade jobs lab.cascade cancel 0198c1de-…',
          'cascade jobs from-a-colleague.cascade continue',
        ),
      ),
    ({ output }, options, environment, action, id) =>
      withWorkbench(environment, async (workbench) => {
        const user = callerOf(workbench, options)
        if (action === 'continue') return continueAll({ workbench, user }, output)
        const act = ACTIONS[action]
        if (act === undefined) {
          list(user, options, output)
          return EXIT.ok
        }
        if (id === undefined) throw inputInvalid(`Which job? Write: cascade jobs ENVIRONMENT ${action} ID.`)
        return act({ workbench, user }, id, output)
      }),
  )
