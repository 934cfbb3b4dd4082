import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { personTexts } from '../../../texts/admin/person.ts'
import { LoadMore } from '../../loading/load-more.tsx'
import { TryAgain } from '../../loading/loaded.tsx'
import { usePages } from '../../loading/use-pages.ts'
import { Card } from '../../parts/card.tsx'
import type { AccountDetails } from '../account.ts'
import { ChangeOutcome } from '../change/change-outcome.tsx'
import { ConfirmChange } from '../change/confirm-change.tsx'
import { useAccountChange } from '../change/use-account-change.ts'
import { personName } from '../people/person-name.ts'
import { SessionTable } from './session-table.tsx'

export function PersonSessions({ account, isOwn }: { readonly account: AccountDetails; readonly isOwn: boolean }) {
  const texts = useTexts(personTexts).sessions
  const words = useTexts(peopleTexts)
  const name = personName(account, words)
  const { call } = useGatebook()
  const [isAsking, setAsking] = useState(false)
  const change = useAccountChange(account.id)
  const close = () => setAsking(false)
  const { id } = account
  const pages = usePages(
    ['person', id, 'sessions'],
    (query) => call('GET /admin/accounts/{id}/sessions', { params: { id }, query }),
    ({ sessions }) => sessions,
  )
  const { items, problem, hasMore, isLoading } = pages
  const end = (sessionId: string) =>
    void change.run({
      key: sessionId,
      send: () => call('DELETE /admin/accounts/{id}/sessions/{sessionId}', { params: { id, sessionId } }),
      done: texts.ended,
    })
  const endAll = () =>
    void change.run({ send: () => call('POST /admin/accounts/{id}/logout', { params: { id } }), done: texts.allEnded, after: close })
  const endAllButton = (
    <Button look="danger" onClick={() => setAsking(true)}>
      {texts.endAll}
    </Button>
  )
  return (
    <Card title={texts.title} action={items.length > 0 ? endAllButton : null}>
      <TryAgain {...pages} />
      {!isAsking && <ChangeOutcome change={change} />}
      {items.length > 0 && <SessionTable sessions={items} isEnding={change.runs} onEnd={end} />}
      {items.length === 0 && !isLoading && !hasMore && problem === null && <p className="muted">{texts.none}</p>}
      <LoadMore pages={pages} />
      {isAsking && (
        <ConfirmChange title={texts.endAllTitle} submit={texts.endAll} change={change} onSubmit={endAll} onClose={close}>
          <p>{texts.endAllText(name)}</p>
          {isOwn && <Alert tone="warning">{texts.endAllOwn}</Alert>}
        </ConfirmChange>
      )}
    </Card>
  )
}
