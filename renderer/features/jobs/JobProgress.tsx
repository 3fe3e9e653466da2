import type { Job } from '#engine/contract/jobs'
import { progressTone } from '../../frame/progress-tone.ts'
import { formatCount } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/Progress.tsx'

export function JobProgress({ job }: { job: Job }) {
  const planning = job.total === 0
  return (
    <span className="jobs-progress">
      <ProgressBar
        label={`Progress of ${job.name}`}
        done={job.processed}
        total={planning && job.status !== 'Completed' ? null : Math.max(1, job.total)}
        tone={progressTone(job.status)}
      />
      <span>{planning ? '' : `${formatCount(job.processed)} / ${formatCount(job.total)}`}</span>
    </span>
  )
}
