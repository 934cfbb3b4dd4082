import { useTexts } from '../../../react/gatebook-context.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'
import type { Tail } from '../../live/use-live-tail.ts'
import type { AuditEntry } from './audit-entry.ts'
import { type AuditFilter, passes } from './audit-filter.ts'

type LiveSwitchProps = {
  readonly isOn: boolean
  readonly canBeOn: boolean
  readonly tail: Tail<AuditEntry>
  readonly filter: AuditFilter
  readonly onSwitch: (isOn: boolean) => void
}

export function LiveSwitch({ isOn, canBeOn, tail, filter, onSwitch }: LiveSwitchProps) {
  const texts = useTexts(auditTexts).live
  const arrived = tail.entries.filter((entry) => passes(filter, entry)).length
  return (
    <div className={`live live-${tail.state}`}>
      <label className="check">
        <input type="checkbox" checked={isOn && canBeOn} disabled={!canBeOn} onChange={(event) => onSwitch(event.currentTarget.checked)} />
        <span className="live-dot" aria-hidden="true" />
        {texts.label}
      </label>
      <span role="status">
        {canBeOn ? texts[tail.state] : filter.address === undefined ? texts.unavailableOldest : texts.unavailable}
        {tail.state !== 'off' && arrived > 0 && ` ${texts.arrived(arrived)}.`}
      </span>
    </div>
  )
}
