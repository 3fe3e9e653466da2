import { ShieldAlert, ShieldCheck } from 'lucide-react'
import type { Permission } from '#engine/contract/plugins'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { pluginsText } from './texts.ts'

interface PermissionListProps {
  permissions: readonly Permission[]
  /** Permissions to mark, which the previous version did not ask for. */
  added?: readonly Permission[]
}

/** Lists in plain words what a plug-in may reach besides records. */
export function PermissionList({ permissions, added = [] }: PermissionListProps) {
  const { say } = useWords()
  if (permissions.length === 0) {
    return (
      <p className="plugins-nothing">
        <ShieldCheck size={16} aria-hidden />
        <span>{say(pluginsText.asksForNothing)}</span>
      </p>
    )
  }
  return (
    <ul className="plugins-permissions">
      {permissions.map((permission) => {
        const { label, meaning } = pluginsText.permission[permission]
        return (
          <li key={permission}>
            <ShieldAlert size={16} aria-hidden />
            <div>
              <p className="plugins-permission">
                {say(label)} <span className="ui-mono ui-muted">{permission}</span>{' '}
                {added.includes(permission) && <Badge tone="held">{say(pluginsText.new)}</Badge>}
              </p>
              <p className="ui-muted">{say(meaning)}</p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
