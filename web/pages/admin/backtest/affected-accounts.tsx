import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { backtestTexts } from '../../../texts/admin/backtest.ts'
import { Card } from '../../parts/card.tsx'
import { AccountRef } from '../audit/account-ref.tsx'
import { wholeNumber } from '../numbers.ts'
import { type Affected, affectedIn, type Report } from './report.ts'

const most = 50
const columns = ['recordedLocks', 'locks', 'refusedLogins', 'stoppedGuesses'] as const

export function AffectedAccounts({ report }: { readonly report: Report }) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  const affected = affectedIn(report)
  const { logins, codes, networks } = report
  const left = affected.length - most + logins.moreAccounts + codes.moreAccounts + networks.moreAccounts
  if (affected.length === 0) return null
  return (
    <Card title={texts.accounts} description={left > 0 ? texts.moreAccounts(wholeNumber(language, most)) : undefined}>
      <div className="section-table">
        <table className="data-table">
          <caption className="gb-visually-hidden">{texts.accounts}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.account}</th>
              {columns.map((name) => (
                <th scope="col" className="cell-end" key={name}>
                  {texts.columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {affected.slice(0, most).map((account) => (
              <Account key={account.accountId} account={account} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Account({ account }: { readonly account: Affected }) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  return (
    <tr>
      <th scope="row">
        <AccountRef id={account.accountId} isWhole />
      </th>
      {columns.map((name) => (
        <td className="cell-end" data-label={texts.columns[name]} key={name}>
          {wholeNumber(language, account[name])}
        </td>
      ))}
    </tr>
  )
}
