import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../react/ui/icon.tsx'

/** In place of a list without entries. */
export function EmptyState({ icon, children }: { readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <div className="empty">
      {icon !== undefined && <Icon name={icon} />}
      <p>{children}</p>
    </div>
  )
}
