import { useTexts } from '../../react/gatebook-context.ts'
import { Alert } from '../../react/ui/alert.tsx'
import { loginTexts } from '../../texts/login.ts'
import { Loading } from './loading.tsx'
import { useServiceAway } from './use-service-away.ts'

/** Until it is known who is there. */
export function SessionUnknown() {
  const isAway = useServiceAway()
  return isAway ? <ServiceAway /> : <Loading />
}

function ServiceAway() {
  const texts = useTexts(loginTexts)
  return (
    <div className="public">
      <main className="public-main card">
        <Alert tone="warning">{texts.service}</Alert>
        <Loading />
      </main>
    </div>
  )
}
