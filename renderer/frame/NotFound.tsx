import { Unlink } from 'lucide-react'
import { useWords } from '../text/words.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { frameText } from './texts.ts'

const { notFound: text } = frameText

/** Shown where a link leads to something that is not in the open environment: gone, or never there. */
export function NotFound({ what }: { what: 'record' | 'job' | 'run' }) {
  const { say } = useWords()
  return (
    <EmptyState icon={<Unlink size={28} />} title={say(text[what])}>
      {say(text.explanation)}
    </EmptyState>
  )
}
