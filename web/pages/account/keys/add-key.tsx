import { useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { keysTexts } from '../../../texts/keys.ts'
import { ChooseKey } from './choose-key.tsx'
import type { KeyToLink } from './key-to-link.ts'
import { SignChallenge } from './sign-challenge.tsx'

type AddKeyProps = { readonly accountId: string; readonly onLinked: () => void; readonly onStop: () => void }

export function AddKey({ accountId, onLinked, onStop }: AddKeyProps) {
  const texts = useTexts(keysTexts)
  const [toLink, setToLink] = useState<KeyToLink | null>(null)
  return (
    <div className="add-key">
      {toLink === null ? (
        <ChooseKey accountId={accountId} onChosen={setToLink} />
      ) : (
        <SignChallenge toLink={toLink} onLinked={onLinked} onAgain={() => setToLink(null)} />
      )}
      <div>
        <Button look="quiet" onClick={onStop}>
          {texts.stop}
        </Button>
      </div>
    </div>
  )
}
