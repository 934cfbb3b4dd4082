import { useTexts } from '../../react/gatebook-context.ts'
import { shellTexts } from '../../texts/shell.ts'
import { MemberLayout } from '../shell/member-layout.tsx'

export default function AccountArea() {
  const texts = useTexts(shellTexts)
  return (
    <MemberLayout label={texts.account} sections={[{ path: '/account', label: texts.account }]}>
      <h1>{texts.account}</h1>
    </MemberLayout>
  )
}
