import { useTexts } from '../../../react/gatebook-context.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { Card } from '../../parts/card.tsx'
import { AccountRef } from '../audit/account-ref.tsx'
import type { Radius } from './radius.ts'

export function RadiusAccounts({ accounts, isCut }: Pick<Radius, 'accounts'> & { readonly isCut: boolean }) {
  const texts = useTexts(auditTexts).radius
  const { account, attempts, sessions } = texts.columns
  if (accounts.length === 0) return null
  return (
    <Card title={texts.accounts} description={texts.accountsLead}>
      <div className="section-table">
        <table className="data-table">
          <caption className="gb-visually-hidden">{texts.accounts}</caption>
          <thead>
            <tr>
              {[account, attempts, sessions].map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {accounts.map((row) => (
              <tr key={row.account}>
                <th scope="row">
                  <AccountRef id={row.account} />
                </th>
                <td data-label={attempts}>{row.attempts}</td>
                <td data-label={sessions}>{row.sessions}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isCut && <p className="muted">{texts.accountsCut}</p>}
    </Card>
  )
}
