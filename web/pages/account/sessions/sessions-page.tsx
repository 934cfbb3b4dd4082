import { useTexts } from '../../../react/gatebook-context.ts'
import { accountTexts } from '../../../texts/account.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { DevicesCard } from './devices-card.tsx'
import { SessionsCard } from './sessions-card.tsx'

export function SessionsPage() {
  const { sessions } = useTexts(accountTexts)
  return (
    <>
      <PageHead title={sessions.title} lead={sessions.lead} />
      <SessionsCard />
      <DevicesCard />
    </>
  )
}
