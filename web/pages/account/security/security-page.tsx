import { useTexts } from '../../../react/gatebook-context.ts'
import { accountTexts } from '../../../texts/account.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { KeysCard } from '../keys/keys-card.tsx'
import { ChangePassword } from './change-password.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'

export function SecurityPage() {
  const { security } = useTexts(accountTexts)
  return (
    <>
      <PageHead title={security.title} lead={security.lead} />
      <ChangePassword />
      <SecondFactorCard />
      <KeysCard />
    </>
  )
}
