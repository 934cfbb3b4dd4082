import { useTexts } from '../../../react/gatebook-context.ts'
import { backtestTexts } from '../../../texts/admin/backtest.ts'
import { Card } from '../../parts/card.tsx'
import { AffectedAccounts } from './affected-accounts.tsx'
import { FigureTable } from './figure-table.tsx'
import type { Report } from './report.ts'
import { TimelineChart } from './timeline-chart.tsx'
import { TimelineTable } from './timeline-table.tsx'

export function BacktestResult({ report }: { readonly report: Report }) {
  const texts = useTexts(backtestTexts)
  const { step, steps } = report.timeline
  return (
    <>
      <p className="gb-visually-hidden" role="status">
        {texts.done}
      </p>
      <Card title={texts.figures} description={texts.figuresLead}>
        <FigureTable report={report} />
      </Card>
      <Card title={texts.chart[step]} description={texts.chartLead}>
        {steps.length === 0 ? <p className="muted">{texts.nothing}</p> : <TimelineChart step={step} steps={steps} />}
        {steps.length > 0 && <TimelineTable step={step} steps={steps} />}
      </Card>
      <AffectedAccounts report={report} />
    </>
  )
}
