import { useTexts } from '../../react/gatebook-context.ts'
import { Waiting } from '../../react/ui/waiting.tsx'
import { loginTexts } from '../../texts/login.ts'
import { Loading } from '../shell/loading.tsx'
import { PublicLayout } from '../shell/public-layout.tsx'
import { useServiceAway } from './use-service-away.ts'

/** Until it is known who is there. */
export function SessionUnknown() {
  const texts = useTexts(loginTexts)
  if (!useServiceAway()) return <Loading />
  return (
    <PublicLayout title={texts.serviceTitle} lead={texts.service}>
      <Waiting />
    </PublicLayout>
  )
}
