import { JobList } from './JobList.tsx'
import { JobPage } from './JobPage.tsx'

export const JobsScreen = ({ jobId }: { jobId: string | null }) => (jobId === null ? <JobList /> : <JobPage key={jobId} jobId={jobId} />)
