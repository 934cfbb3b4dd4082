import { useTexts } from '../../../react/gatebook-context.ts'
import { accountTexts } from '../../../texts/account.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { useMember } from '../use-member.ts'
import { ConsentsCard } from './consents-card.tsx'
import { EraseCard } from './erase-card.tsx'
import { ExportCard } from './export-card.tsx'

export function PrivacyPage() {
  const { privacy } = useTexts(accountTexts)
  const member = useMember()
  if (member === null) return null
  return (
    <>
      <PageHead title={privacy.title} lead={privacy.lead} />
      <ConsentsCard />
      <ExportCard />
      <EraseCard name={member.email ?? member.accountId} />
    </>
  )
}
