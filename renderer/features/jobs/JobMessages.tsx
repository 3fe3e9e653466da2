import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { JobMessage } from '#engine/contract/jobs'
import { useWords } from '../../text/words.ts'
import { Time } from '../../ui/Time.tsx'
import { jobText } from './texts.ts'

const { messages: text } = jobText

const SIGNS: Record<JobMessage['level'], LucideIcon> = { information: Info, warning: TriangleAlert, error: CircleAlert }

export function JobMessages({ messages }: { messages: JobMessage[] }) {
  const { say } = useWords()
  return (
    <section aria-labelledby="jobs-messages">
      <h2 id="jobs-messages" className="ui-heading">
        {say(text.heading)}
      </h2>
      {messages.length === 0 && <p className="jobs-none">{say(text.none)}</p>}
      <ul className="jobs-messages">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added at the end
          <li key={index} className={`jobs-line jobs-line-${message.level}`}>
            <Sign level={message.level} />
            <span>
              {say(message.text)}
              {message.code !== null && <span className="dialogs-code">{message.code}</span>}
            </span>
            <span className="ui-muted ui-small">
              <Time ms={message.atMs} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sign({ level }: Pick<JobMessage, 'level'>) {
  const { say } = useWords()
  const Icon = SIGNS[level]
  return <Icon size={14} aria-label={say(text.level[level])} />
}
