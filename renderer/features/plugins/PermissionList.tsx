import { ShieldAlert, ShieldCheck } from 'lucide-react'
import type { Permission } from '#engine/contract/plugins'
import { Badge } from '../../ui/Badge.tsx'
import { ASKS_FOR_NOTHING, PERMISSION_MEANING } from './plugin-words.ts'

interface PermissionListProps {
  permissions: readonly Permission[]
  /** Permissions to mark, which the previous version did not ask for. */
  added?: readonly Permission[]
}

/** Lists in plain words what a plug-in may reach besides records. */
export function PermissionList({ permissions, added = [] }: PermissionListProps) {
  if (permissions.length === 0) {
    return (
      <p className="plugins-nothing">
        <ShieldCheck size={16} aria-hidden />
        <span>{ASKS_FOR_NOTHING}</span>
      </p>
    )
  }
  return (
    <ul className="plugins-permissions">
      {permissions.map((permission) => {
        const { label, meaning } = PERMISSION_MEANING[permission]
        return (
          <li key={permission}>
            <ShieldAlert size={16} aria-hidden />
            <div>
              <p className="plugins-permission">
                {label} <span className="ui-mono ui-muted">{permission}</span>{' '}
                {added.includes(permission) && <Badge tone="held">new</Badge>}
              </p>
              <p className="ui-muted">{meaning}</p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
