import { useTexts } from '../../../react/gatebook-context.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { Card } from '../../parts/card.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { AccountRef } from '../audit/account-ref.tsx'
import type { RadiusEntry } from './radius.ts'

type EntryListProps = { readonly entries: readonly RadiusEntry[]; readonly own?: string }

/** `own`: the account that need not be named. */
export function EntryList({ entries, own }: EntryListProps) {
  const texts = useTexts(auditTexts).radius
  return (
    <ul className="same-request">
      {entries.map(({ position, at, summary, account, attributedBy }) => (
        <li key={position}>
          <TimeText time={at} /> <span lang="en">{summary}</span>
          {account !== null && account !== own && (
            <>
              {' '}
              (<AccountRef id={account} />)
            </>
          )}
          {attributedBy === 'account' && <span className="muted"> {texts.byAccount}</span>}
        </li>
      ))}
    </ul>
  )
}

export function RadiusEntries({ title, entries }: EntryListProps & { readonly title: string }) {
  if (entries.length === 0) return null
  return (
    <Card title={title}>
      <EntryList entries={entries} />
    </Card>
  )
}
