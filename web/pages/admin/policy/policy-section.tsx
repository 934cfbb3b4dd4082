import { useId } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { operationsTexts } from '../../../texts/admin/operations.ts'
import { Badge } from '../../parts/badge.tsx'
import { isChanged, type PolicyEntry } from './policy-entries.ts'

type PolicySectionProps = { readonly title: string; readonly entries: readonly PolicyEntry[] }

/** Names and descriptions are those of the documentation, which is in English. */
export function PolicySection({ title, entries }: PolicySectionProps) {
  const { columns } = useTexts(operationsTexts).policy
  const id = useId()
  return (
    <section className="card part" aria-labelledby={id}>
      <h2 id={id} lang="en">
        {title}
      </h2>
      <div className="section-table">
        <table className="data-table policy-table" aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{columns.variable}</th>
              <th scope="col">{columns.value}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.variable}>
                <th scope="row" lang="en">
                  <code className="mono">{entry.variable}</code>
                  <p className="policy-description">
                    <Description text={entry.description} />
                  </p>
                </th>
                <td data-label={columns.value}>
                  <InForce entry={entry} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function InForce({ entry }: { readonly entry: PolicyEntry }) {
  const texts = useTexts(operationsTexts).policy
  const words = useValueWords()
  return (
    <div className="policy-value">
      <span>
        <code className="mono">{words(entry.value ?? entry.default)}</code> {isChanged(entry) && <Badge tone="note">{texts.changed}</Badge>}
      </span>
      {isChanged(entry) && <span className="gb-hint">{texts.default(words(entry.default))}</span>}
    </div>
  )
}

const useValueWords = () => {
  const texts = useTexts(operationsTexts).policy
  return (value: PolicyEntry['value']): string => {
    if (value === null) return texts.notSet
    if (typeof value === 'boolean') return value ? texts.yes : texts.no
    if (typeof value === 'number' || typeof value === 'string') return String(value)
    return value.length === 0 ? texts.none : value.join(', ')
  }
}

/** Names of settings stand between backticks. */
function Description({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => {
    const key = `${index} ${part}`
    return index % 2 === 1 ? <code key={key}>{part}</code> : <span key={key}>{part}</span>
  })
}
