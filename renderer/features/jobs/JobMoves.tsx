import { Ban, Pause, Play, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Job } from '#engine/contract/jobs'
import type { JobMove } from '../../frame/stores/jobs.ts'
import { jobsStore } from '../../frame/stores/jobs.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { movesOf } from './job-words.ts'
import { jobText } from './texts.ts'

const ICONS: Record<JobMove, ReactNode> = {
  pause: <Pause size={14} aria-hidden />,
  resume: <Play size={14} aria-hidden />,
  reexecute: <RotateCcw size={14} aria-hidden />,
  cancel: <Ban size={14} aria-hidden />,
}

/** Returns what carries out an action on a job. */
function useMoves(job: Job): { moving: boolean; move: (move: JobMove) => void } {
  const jobs = useStore(jobsStore)
  const moving = useStoreState(jobsStore, (state) => state.moving.has(job.id))
  const { pauseJob, resumeJob, reexecuteJob, cancelJob } = jobs.getState()
  const actions: Record<JobMove, (jobId: string) => Promise<void>> = {
    pause: pauseJob,
    resume: resumeJob,
    reexecute: reexecuteJob,
    cancel: cancelJob,
  }
  return { moving, move: (move) => void actions[move](job.id) }
}

/** Shows the actions with a sentence for each, on the job's page. */
export function JobMoves({ job }: { job: Job }) {
  const { say } = useWords()
  const { moving, move } = useMoves(job)
  const moves = movesOf(job)
  if (moves.length === 0) return null
  return (
    <ul className="jobs-moves">
      {moves.map((each) => (
        <li key={each}>
          <Button variant={each === 'resume' ? 'primary' : 'plain'} icon={ICONS[each]} disabled={moving} onClick={() => move(each)}>
            {say(jobText.move[each].label)}
          </Button>
          <span className="ui-muted">{say(jobText.move[each].explanation)}</span>
        </li>
      ))}
    </ul>
  )
}

/** Shows the actions in a row of the list, with the sentences as tooltips. */
export function JobMoveIcons({ job }: { job: Job }) {
  const { say } = useWords()
  const { moving, move } = useMoves(job)
  return (
    <span className="jobs-move-icons">
      {movesOf(job).map((each) => (
        <IconButton
          key={each}
          label={say(jobText.moveOf({ move: jobText.move[each].label, job: job.name }))}
          hint={say(jobText.moveHint({ move: jobText.move[each].label, explanation: jobText.move[each].explanation }))}
          disabled={moving}
          onClick={(event) => {
            event.stopPropagation() // A click on the row opens the job.
            move(each)
          }}
          onKeyDown={(event) => event.stopPropagation()}
        >
          {ICONS[each]}
        </IconButton>
      ))}
    </span>
  )
}
