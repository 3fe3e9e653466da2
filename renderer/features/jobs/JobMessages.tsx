import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { JobMessage } from '#engine/contract/jobs'
import { Time } from '../../ui/Time.tsx'

const SIGNS: Record<JobMessage['level'], ReactNode> = {
  information: <Info size={14} aria-label="Information" />,
  warning: <TriangleAlert size={14} aria-label="Warning" />,
  error: <CircleAlert size={14} aria-label="Error" />,
}

export function JobMessages({ messages }: { messages: JobMessage[] }) {
  return (
    <section aria-labelledby="jobs-messages">
      <h2 id="jobs-messages" className="ui-heading">
        Messages
      </h2>
      {messages.length === 0 && <p className="jobs-none">None so far.</p>}
      <ul className="jobs-messages">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added at the end
          <li key={index} className={`jobs-line jobs-line-${message.level}`}>
            {SIGNS[message.level]}
            <span>
              {message.text}
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
