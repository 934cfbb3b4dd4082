import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { backtestTexts } from '../../../texts/admin/backtest.ts'
import { wholeNumber } from '../numbers.ts'
import type { Lockouts, NetworkFigures, Report, Side } from './report.ts'

const sideNames = ['locks', 'lockedMs', 'names', 'refusedLogins', 'stoppedGuesses', 'refusedUnchecked', 'admitted'] as const
const networkNames = ['refused', 'blocked', 'refusedLogins', 'stoppedGuesses', 'names', 'networks', 'unopened', 'erased'] as const

/** What was recorded beside what the policy would have done. */
export function FigureTable({ report: { logins, codes, networks } }: { readonly report: Report }) {
  const texts = useTexts(backtestTexts)
  return (
    <div className="section-table">
      <table className="data-table">
        <caption className="gb-visually-hidden">{texts.figures}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.figure}</th>
            <th scope="col" className="cell-end">
              {texts.recorded}
            </th>
            <th scope="col" className="cell-end">
              {texts.tried}
            </th>
          </tr>
        </thead>
        <NetworkRows tried={networks.tried} />
        <LockoutRows title={texts.logins} of={logins} />
        <LockoutRows title={texts.codes} of={codes} />
      </table>
    </div>
  )
}

function Title({ children }: { readonly children: string }) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={3} className="backtest-group">
        {children}
      </th>
    </tr>
  )
}

type RowProps = { readonly title: string; readonly recorded: string; readonly tried: string }

function Row({ title, recorded, tried }: RowProps) {
  const texts = useTexts(backtestTexts)
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="cell-end" data-label={texts.recorded}>
        {recorded}
      </td>
      <td className="cell-end" data-label={texts.tried}>
        {tried}
      </td>
    </tr>
  )
}

function LockoutRows({ title, of }: { readonly title: string; readonly of: Lockouts }) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  const words = (side: Side, name: (typeof sideNames)[number]) =>
    wholeNumber(language, name === 'lockedMs' ? Math.round(side.lockedMs / 60_000) : side[name])
  return (
    <tbody>
      <Title>{title}</Title>
      {sideNames.map((name) => (
        <Row key={name} title={texts.sides[name]} recorded={words(of.recorded, name)} tried={words(of.tried, name)} />
      ))}
    </tbody>
  )
}

/** Live, such attempts are refused before they are recorded. What cannot be known is shown only where there is some. */
function NetworkRows({ tried }: { readonly tried: NetworkFigures }) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  const shown = networkNames.filter((name) => tried[name] > 0 || (name !== 'unopened' && name !== 'erased'))
  return (
    <tbody>
      <Title>{texts.networks}</Title>
      {shown.map((name) => (
        <Row key={name} title={texts.networkFigures[name]} recorded="–" tried={wholeNumber(language, tried[name])} />
      ))}
    </tbody>
  )
}
