import { useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { TimeText } from '../../parts/time-text.tsx'
import { AccountRef } from './account-ref.tsx'
import type { AuditEntry } from './audit-entry.ts'
import { EntryDialog } from './entry-dialog.tsx'

type EntryTableProps = {
  readonly entries: readonly AuditEntry[]
  /** False where all entries are about one account. */
  readonly hasAccount?: boolean
  readonly isNew?: (entry: AuditEntry) => boolean
}

export function EntryTable({ entries, hasAccount = true, isNew = () => false }: EntryTableProps) {
  const texts = useTexts(auditTexts)
  const { columns } = texts
  const [shown, setShown] = useState<AuditEntry | null>(null)
  return (
    <>
      <table className="data-table">
        <caption className="gb-visually-hidden">{texts.table}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.at}</th>
            <th scope="col">{columns.summary}</th>
            {hasAccount && <th scope="col">{columns.account}</th>}
            <th scope="col">{columns.actor}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.position} className={isNew(entry) ? 'row-new' : undefined}>
              <td className="cell-tight" data-label={columns.at}>
                <TimeText time={entry.at} isExact />
              </td>
              <td>
                <button
                  type="button"
                  className="entry-button"
                  aria-haspopup="dialog"
                  title={texts.details(entry.position)}
                  onClick={() => setShown(entry)}
                >
                  <span lang="en">{entry.summary}</span>
                  <span className="entry-type">{entry.type}</span>
                </button>
              </td>
              {hasAccount && (
                <td className="cell-tight" data-label={columns.account}>
                  <AccountRef id={entry.account} />
                </td>
              )}
              <td className="cell-tight" data-label={columns.actor}>
                <AccountRef id={entry.actor} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== null && <EntryDialog entry={shown} others={entries} onClose={() => setShown(null)} />}
    </>
  )
}
