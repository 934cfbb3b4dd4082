import { Link } from 'wouter'
import { useTexts } from '../../../react/gatebook-context.ts'
import { CopyButton } from '../../../react/ui/copy-button.tsx'
import { Dialog } from '../../../react/ui/dialog.tsx'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { radiusPath } from '../blast-radius/radius.ts'
import { AccountRef } from './account-ref.tsx'
import type { AuditEntry } from './audit-entry.ts'
import { auditPath } from './audit-filter.ts'
import { Why } from './why.tsx'

type EntryDialogProps = { readonly entry: AuditEntry; readonly others: readonly AuditEntry[]; readonly onClose: () => void }

export function EntryDialog({ entry, others, onClose }: EntryDialogProps) {
  const texts = useTexts(auditTexts).entry
  const same = others.filter(({ correlationId, position }) => correlationId === entry.correlationId && position !== entry.position)
  return (
    <Dialog title={texts.title} isWide onClose={onClose}>
      <div className="gb-form">
        <p lang="en">{entry.summary}</p>
        <Definitions>
          <DefinitionRow term={texts.type}>
            <span className="mono">{entry.type}</span>
          </DefinitionRow>
          <DefinitionRow term={texts.at}>
            <TimeText time={entry.at} isExact />
          </DefinitionRow>
          <DefinitionRow term={texts.position}>
            <span className="mono">{entry.position}</span>
          </DefinitionRow>
          <DefinitionRow term={texts.account}>
            <AccountRef id={entry.account} isWhole />
          </DefinitionRow>
          <DefinitionRow term={texts.actor}>
            <AccountRef id={entry.actor} isWhole />
          </DefinitionRow>
          {hasAddress(entry) && (
            <DefinitionRow term={texts.address}>
              <span className="mono">{entry.address}</span>
            </DefinitionRow>
          )}
          {entry.session !== null && (
            <DefinitionRow term={texts.session}>
              <span className="mono">{entry.session}</span>
            </DefinitionRow>
          )}
          <DefinitionRow term={texts.correlationId}>
            <span className="mono">{entry.correlationId}</span>
            <p className="gb-hint">{texts.correlationHint}</p>
          </DefinitionRow>
        </Definitions>
        <Why position={entry.position} />
        {same.length > 0 && (
          <section>
            <h3>{texts.sameRequest}</h3>
            <ul className="same-request">
              {same.map(({ position, summary }) => (
                <li key={position} lang="en">
                  {summary}
                </li>
              ))}
            </ul>
          </section>
        )}
        <OnlyLinks entry={entry} onClose={onClose} />
      </div>
    </Dialog>
  )
}

/** A live entry has none. */
const hasAddress = (entry: AuditEntry): entry is AuditEntry & { readonly address: string } => typeof entry.address === 'string'

function OnlyLinks({ entry, onClose }: Pick<EntryDialogProps, 'entry' | 'onClose'>) {
  const { account, actor, type, session, correlationId } = entry
  const texts = useTexts(auditTexts).entry
  const only = [
    ...(account === null ? [] : [{ label: texts.onlyAccount, href: auditPath({ account }) }]),
    { label: texts.onlyActor, href: auditPath({ actor }) },
    { label: texts.onlyType, href: auditPath({ type }) },
    ...(session === null ? [] : [{ label: texts.onlySession, href: auditPath({ session }) }]),
    { label: texts.onlyRequest, href: auditPath({ correlation: correlationId }) },
    ...(hasAddress(entry) ? [{ label: texts.onlyAddress, href: auditPath({ address: entry.address }) }] : []),
    ...(hasAddress(entry) ? [{ label: texts.radiusOfAddress, href: radiusPath('address', entry.address) }] : []),
    ...(session === null ? [] : [{ label: texts.radiusOfSession, href: radiusPath('session', session) }]),
    ...(account === null ? [] : [{ label: texts.radiusOfAccount, href: radiusPath('account', account) }]),
  ]
  return (
    <div className="section-actions">
      {only.map(({ label, href }) => (
        <Link className="gb-button gb-button-secondary" href={href} onClick={onClose} key={label}>
          {label}
        </Link>
      ))}
      <CopyButton text={correlationId} label={texts.copyCorrelationId} />
    </div>
  )
}
