import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { personTexts } from '../../../texts/admin/person.ts'
import { Card } from '../../parts/card.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import type { AccountDetails } from '../account.ts'
import { ChangeOutcome } from '../change/change-outcome.tsx'
import { useAccountChange } from '../change/use-account-change.ts'
import { LockState } from './lock-state.tsx'

export function PersonAccess({ account }: { readonly account: AccountDetails }) {
  const texts = useTexts(personTexts).access
  const queries = useQueryClient()
  const { call } = useGatebook()
  const change = useAccountChange(account.id)
  const { id, email, invited, lockedUntil, codesLockedUntil, codeEntryEnded } = account
  const params = { id }
  const isLocked = lockedUntil !== null || codesLockedUntil !== null || codeEntryEnded
  const onOver = useCallback(() => void queries.invalidateQueries({ queryKey: ['person', id, 'details'] }), [queries, id])
  const unlock = () =>
    void change.run({ key: 'unlock', send: () => call('POST /admin/accounts/{id}/unlock', { params }), done: texts.unlocked })
  const invite = () =>
    void change.run({ key: 'invite', send: () => call('POST /admin/accounts/{id}/invite', { params }), done: texts.resent })
  const reset = (address: string) =>
    void change.run({ key: 'reset', send: () => call('POST /password/reset', { body: { email: address } }), done: texts.resetSent })
  return (
    <Card title={texts.title}>
      <Definitions>
        <DefinitionRow term={texts.password}>{invited ? texts.invited : texts.hasPassword}</DefinitionRow>
        <DefinitionRow term={texts.logins}>
          {lockedUntil === null ? texts.loginsFree : <LockState until={lockedUntil} words={texts.loginsLocked} onOver={onOver} />}
          {lockedUntil !== null && <p className="gb-hint">{texts.knownDevices}</p>}
        </DefinitionRow>
        <DefinitionRow term={texts.codes}>
          {codesLockedUntil !== null && <LockState until={codesLockedUntil} words={texts.codesLocked} onOver={onOver} />}
          {codeEntryEnded && <span className="bad">{texts.codesEnded}</span>}
          {codesLockedUntil === null && !codeEntryEnded && texts.codesFree}
        </DefinitionRow>
      </Definitions>
      <ChangeOutcome change={change} />
      <div className="section-actions">
        {isLocked && (
          <Button look="primary" onClick={unlock} isBusy={change.runs('unlock')}>
            {texts.unlock}
          </Button>
        )}
        {invited && (
          <Button onClick={invite} isBusy={change.runs('invite')}>
            {texts.resend}
          </Button>
        )}
        {!invited && email !== null && (
          <Button onClick={() => reset(email)} isBusy={change.runs('reset')}>
            {texts.reset}
          </Button>
        )}
      </div>
    </Card>
  )
}
