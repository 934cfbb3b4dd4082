import { useGatebook, useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { backtestTexts } from '../../../texts/admin/backtest.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { wholeNumber } from '../numbers.ts'
import type { Failure } from './ask-for-backtest.ts'
import { BacktestForm } from './backtest-form.tsx'
import { BacktestResult } from './backtest-result.tsx'
import { useBacktest } from './use-backtest.ts'

export function BacktestPage() {
  const texts = useTexts(backtestTexts)
  const { call } = useGatebook()
  const inForce = useCall(['policy'], () => call('GET /admin/policy'))
  const { state, start, stop } = useBacktest()
  const failure = state?.type === 'failure' ? state.failure : null
  return (
    <>
      <PageHead title={texts.title} lead={texts.lead} />
      <Loaded of={inForce}>
        {({ policy }) => (
          <BacktestForm policy={policy} isRunning={state?.type === 'progress'} refused={failure?.paths ?? []} onRun={start} />
        )}
      </Loaded>
      {failure !== null && <Refused failure={failure} />}
      {state?.type === 'progress' && <Running done={state.done} total={state.total} onStop={stop} />}
      {state?.type === 'report' && <BacktestResult report={state.report} />}
    </>
  )
}

function Refused({ failure: { code, paths } }: { readonly failure: Failure }) {
  const { problems, problem } = useTexts(backtestTexts)
  return <Alert tone="danger">{paths.length > 0 ? problems.VALIDATION_FAILED : (problems[code] ?? problem)}</Alert>
}

type RunningProps = { readonly done: number; readonly total: number; readonly onStop: () => void }

function Running({ done, total, onStop }: RunningProps) {
  const texts = useTexts(backtestTexts)
  const language = useLanguage()
  return (
    <div className="card backtest-progress">
      <progress aria-label={texts.progress} max={Math.max(total, 1)} value={done} />
      <span className="muted">{texts.events(wholeNumber(language, done), wholeNumber(language, total))}</span>
      <Button onClick={onStop}>{texts.stop}</Button>
    </div>
  )
}
