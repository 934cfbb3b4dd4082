import { useGatebook, useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { operationsTexts } from '../../../texts/admin/operations.ts'
import { useCall } from '../../loading/use-call.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Loading } from '../../shell/loading.tsx'
import type { Health } from './health.ts'
import { HealthTiles } from './health-tiles.tsx'
import { NoHealth } from './no-health.tsx'

const everyMs = 5_000

export function HealthPage() {
  const texts = useTexts(operationsTexts).health
  const { call } = useGatebook()
  const { value, problem, updatedAt } = useCall(['health'], () => call('GET /admin/health'), { refetchInterval: everyMs })
  return (
    <>
      <PageHead title={texts.title} lead={texts.lead} />
      {problem !== null && <NoHealth problem={problem} />}
      {value === undefined ? problem === null && <Loading /> : <Shown health={value} updatedAt={updatedAt} isOld={problem !== null} />}
    </>
  )
}

type ShownProps = { readonly health: Health; readonly updatedAt: number; readonly isOld: boolean }

function Shown({ health, updatedAt, isOld }: ShownProps) {
  const texts = useTexts(operationsTexts).health
  const language = useLanguage()
  const { ready, reason } = health
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(updatedAt)
  return (
    <>
      {!isOld && (
        <Alert tone={ready ? 'success' : 'danger'}>
          {ready ? texts.ready : texts.notReady} {reason !== null && (texts.reasons[reason] ?? reason)}
        </Alert>
      )}
      <HealthTiles health={health} />
      <p className="muted">{texts.updated(time)}</p>
    </>
  )
}
