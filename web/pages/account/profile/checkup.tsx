import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { CurrentSession } from '../../../client/session-store.ts'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { accountTexts } from '../../../texts/account.ts'
import { useSecondFactor } from '../use-second-factor.ts'
import { ConfirmAddress } from './confirm-address.tsx'

const few = 2

/** What the person had better do. Nothing if all is well. */
export function Checkup({ member }: { readonly member: CurrentSession }) {
  const { checkup } = useTexts(accountTexts)
  const { value: factor } = useSecondFactor()
  return (
    <>
      {factor?.enrolled === false && (
        <Advice text={checkup.noFactor}>
          <Link href="/account/security">{checkup.setUp}</Link>
        </Advice>
      )}
      {factor?.enrolled === true && factor.recoveryCodesLeft <= few && (
        <Advice text={checkup.fewCodes(factor.recoveryCodesLeft)}>
          <Link href="/account/security">{checkup.newCodes}</Link>
        </Advice>
      )}
      {member.email !== null && !member.emailVerified && <ConfirmAddress email={member.email} />}
    </>
  )
}

function Advice({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <Alert tone="warning">
      <p>{text}</p>
      <p>{children}</p>
    </Alert>
  )
}
