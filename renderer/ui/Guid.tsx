import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../text/words.ts'
import { copyText } from './copy-text.ts'
import { shortId } from './format.ts'
import { ui } from './texts.ts'

/** Shows eight characters of a GUID and copies all of it. */
export function Guid({ value }: { value: string }) {
  const { say } = useWords()
  const [copied, setCopied] = useState(false)
  return (
    <button
      type="button"
      className="ui-guid"
      title={value}
      aria-label={say(ui.copyId({ id: value }))}
      onBlur={() => setCopied(false)}
      onClick={() => {
        copyText(value).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }}
    >
      {shortId(value)}
      {copied ? <Check size={11} aria-label={say(ui.copied)} /> : <Copy size={11} aria-hidden />}
    </button>
  )
}
