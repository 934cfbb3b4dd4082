import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { backtestTexts } from '../../../texts/admin/backtest.ts'
import { wholeNumber } from '../numbers.ts'
import type { Step } from './report.ts'
import { stepTime } from './step-time.ts'

const columns = ['recordedLocks', 'locks', 'refusedLogins', 'stoppedGuesses'] as const

type TimelineTableProps = { readonly step: 'hour' | 'day'; readonly steps: readonly Step[] }

/** The chart in numbers. Steps without any are left out. */
export function TimelineTable({ step, steps }: TimelineTableProps) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  const words = stepTime(language, step)
  return (
    <details>
      <summary>{texts.inNumbers}</summary>
      <div className="section-table">
        <table className="data-table">
          <caption className="gb-visually-hidden">{texts.chart[step]}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.time}</th>
              {columns.map((name) => (
                <th scope="col" className="cell-end" key={name}>
                  {texts.columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((each) => (
              <tr key={each.at}>
                <th scope="row">
                  <time dateTime={each.at}>{words(Date.parse(each.at))}</time>
                </th>
                {columns.map((name) => (
                  <td className="cell-end" data-label={texts.columns[name]} key={name}>
                    {wholeNumber(language, each[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
