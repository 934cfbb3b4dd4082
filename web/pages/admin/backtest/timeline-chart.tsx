import { useId } from 'react'
import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { backtestTexts } from '../../../texts/admin/backtest.ts'
import { wholeNumber } from '../numbers.ts'
import type { Step } from './report.ts'
import { stepTime, stepWidths } from './step-time.ts'

const series = ['locks', 'refusedLogins', 'stoppedGuesses'] as const
type Series = (typeof series)[number]

const [width, height, gap, label] = [720, 64, 34, 22]

type TimelineChartProps = { readonly step: 'hour' | 'day'; readonly steps: readonly Step[] }

/** One row of bars for each figure, with a scale of its own. The table below says the same in numbers. */
export function TimelineChart({ step, steps }: TimelineChartProps) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  const title = useId()
  const times = steps.map(({ at }) => Date.parse(at))
  const first = Math.min(...times)
  const places = Math.round((Math.max(...times) - first) / stepWidths[step]) + 1
  const place = ({ at }: Step) => Math.round((Date.parse(at) - first) / stepWidths[step])
  const words = stepTime(language, step)
  const bottom = series.length * (height + gap)
  return (
    <svg className="backtest-chart" viewBox={`0 0 ${width} ${bottom + label}`} role="img" aria-labelledby={title}>
      <title id={title}>{texts.chartTitle(words(first), words(Math.max(...times)))}</title>
      {series.map((name, row) => (
        <Row key={name} name={name} top={row * (height + gap)} steps={steps} place={place} places={places} />
      ))}
      <text x={0} y={bottom + label - 6}>
        {words(first)}
      </text>
      {places > 1 && (
        <text x={width} y={bottom + label - 6} textAnchor="end">
          {words(Math.max(...times))}
        </text>
      )}
    </svg>
  )
}

type RowProps = {
  readonly name: Series
  readonly top: number
  readonly steps: readonly Step[]
  readonly place: (step: Step) => number
  readonly places: number
}

function Row({ name, top, steps, place, places }: RowProps) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  const hasRecorded = name === 'locks'
  const most = Math.max(1, ...steps.flatMap((step) => [step[name], hasRecorded ? step.recordedLocks : 0]))
  const wide = Math.min(48, width / places)
  const base = top + gap + height
  const bar = (value: number) => ({ y: base - (value / most) * height, height: (value / most) * height })
  return (
    <g>
      <text x={0} y={top + gap - 8}>
        {texts.chartRows[name]}
      </text>
      <text x={width} y={top + gap - 8} textAnchor="end">
        {texts.most(wholeNumber(language, Math.max(0, ...steps.map((step) => step[name]))))}
      </text>
      {steps.map((step) => (
        <g key={step.at}>
          <rect className={`bar bar-${name}`} x={place(step) * wide} width={Math.max(1, wide * 0.8)} {...bar(step[name])} />
          {hasRecorded && step.recordedLocks > 0 && (
            <rect className="bar-recorded" x={place(step) * wide} width={Math.max(1, wide * 0.8)} {...bar(step.recordedLocks)} />
          )}
        </g>
      ))}
      <line x1={0} x2={width} y1={base} y2={base} />
    </g>
  )
}
