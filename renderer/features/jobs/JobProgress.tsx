import type { Job } from '#engine/contract/jobs'
import { progressTone } from '../../frame/progress-tone.ts'
import { useWords } from '../../text/words.ts'
import { ProgressBar } from '../../ui/Progress.tsx'
import { jobText } from './texts.ts'

export function JobProgress({ job }: { job: Job }) {
  const { say } = useWords()
  const planning = job.total === 0
  return (
    <span className="jobs-progress">
      <ProgressBar
        label={say(jobText.progressOf({ job: job.name }))}
        done={job.processed}
        total={planning && job.status !== 'Completed' ? null : Math.max(1, job.total)}
        tone={progressTone(job.status)}
      />
      <span>{planning ? '' : say(jobText.progress({ done: job.processed, total: job.total }))}</span>
    </span>
  )
}
