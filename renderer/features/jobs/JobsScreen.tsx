import type { PlaceOf } from '../../frame/location.ts'
import { JobList } from './JobList.tsx'
import { JobPage } from './JobPage.tsx'
import { StepJobList } from './StepJobList.tsx'

export function JobsScreen({ jobId, view }: PlaceOf<'jobs'>) {
  if (jobId !== null) return <JobPage key={jobId} jobId={jobId} />
  return view === 'systemEvents' ? <StepJobList /> : <JobList />
}
