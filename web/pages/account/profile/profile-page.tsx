import { useTexts } from '../../../react/gatebook-context.ts'
import { accountTexts } from '../../../texts/account.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { useMember } from '../use-member.ts'
import { Checkup } from './checkup.tsx'
import { RefusedAttempts } from './refused-attempts.tsx'
import { ThisSession } from './this-session.tsx'
import { Who } from './who.tsx'

export function ProfilePage() {
  const { profile } = useTexts(accountTexts)
  const member = useMember()
  if (member === null) return null
  return (
    <>
      <PageHead title={profile.title} lead={profile.lead} />
      <RefusedAttempts sessionId={member.session.id} />
      <Checkup member={member} />
      <Who member={member} />
      <ThisSession member={member} />
    </>
  )
}
