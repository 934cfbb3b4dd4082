import type { AnswerOf } from '../../../client/result.ts'
import { useTexts } from '../../../react/gatebook-context.ts'
import { explanationTexts } from '../../../texts/explanation/catalog.ts'

type Changes = NonNullable<AnswerOf<'GET /audit/accounts/{id}/at'>['changes']>

/** Names of fields are those of the API. */
export function MomentChanges({ changes }: { readonly changes: Changes }) {
  const { moment: texts } = useTexts(explanationTexts)
  const { columns } = texts
  return (
    <section aria-label={texts.changes}>
      <h3>{texts.changes}</h3>
      {changes.length === 0 ? (
        <p className="muted">{texts.noChange}</p>
      ) : (
        <div className="section-table">
          <table className="data-table">
            <thead>
              <tr>
                {[columns.change, columns.field, columns.before, columns.after].map((column) => (
                  <th scope="col" key={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.map(({ change, field, before, after }) => (
                <tr key={field}>
                  <td data-label={columns.change}>{texts.change[change]}</td>
                  <td data-label={columns.field}>
                    <span className="mono">{field}</span>
                  </td>
                  <td data-label={columns.before}>{String(before ?? '–')}</td>
                  <td data-label={columns.after}>{String(after ?? '–')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
