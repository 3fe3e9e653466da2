import { Unlink } from 'lucide-react'
import { EmptyState } from '../ui/EmptyState.tsx'

/** What a link shows to something that is not in the open environment: gone, or never there. */
export function NotFound({ what }: { what: string }) {
  return (
    <EmptyState icon={<Unlink size={28} />} title={`There is no such ${what}`}>
      It was deleted, or the link comes from another environment.
    </EmptyState>
  )
}
