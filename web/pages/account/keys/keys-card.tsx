import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { keysTexts } from '../../../texts/keys.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { Card } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { DoneNote } from '../done-note.tsx'
import { useMember } from '../use-member.ts'
import { AddKey } from './add-key.tsx'
import { KeyItem, type LinkedKey } from './key-item.tsx'
import { UnlinkDialog } from './unlink-dialog.tsx'

type Step = { readonly at: 'list'; readonly done: 'linked' | 'unlinked' | null } | { readonly at: 'add' }

export function KeysCard() {
  const { call } = useGatebook()
  const texts = useTexts(keysTexts)
  const member = useMember()
  const keys = useCall(['identity-keys'], () => call('GET /me/identities'))
  const [step, setStep] = useState<Step>({ at: 'list', done: null })
  const [unlinking, setUnlinking] = useState<LinkedKey | null>(null)
  const showList = (done: 'linked' | 'unlinked' | null) => {
    setUnlinking(null)
    setStep({ at: 'list', done })
    if (done !== null) keys.reload()
  }
  if (member === null) return null
  return (
    <Card title={texts.title} description={texts.lead}>
      {step.at === 'list' && step.done !== null && <DoneNote text={texts[step.done]} />}
      <Loaded of={keys} lines={1}>
        {({ identities }) => <KeyList identities={identities} onUnlink={setUnlinking} />}
      </Loaded>
      {step.at === 'add' ? (
        <AddKey accountId={member.accountId} onLinked={() => showList('linked')} onStop={() => showList(null)} />
      ) : (
        <div>
          <Button onClick={() => setStep({ at: 'add' })}>{texts.add}</Button>
        </div>
      )}
      {unlinking !== null && <UnlinkDialog linked={unlinking} onUnlinked={() => showList('unlinked')} onClose={() => setUnlinking(null)} />}
    </Card>
  )
}

type KeyListProps = { readonly identities: readonly LinkedKey[]; readonly onUnlink: (key: LinkedKey) => void }

function KeyList({ identities, onUnlink }: KeyListProps) {
  const texts = useTexts(keysTexts)
  if (identities.length === 0) return <EmptyState>{texts.none}</EmptyState>
  return (
    <ul className="rows" aria-label={texts.list}>
      {identities.map((linked) => (
        <KeyItem linked={linked} onUnlink={() => onUnlink(linked)} key={linked.fingerprint} />
      ))}
    </ul>
  )
}
