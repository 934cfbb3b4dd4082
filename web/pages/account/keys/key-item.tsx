import type { AnswerOf } from '../../../client/result.ts'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { CopyButton } from '../../../react/ui/copy-button.tsx'
import { keysTexts } from '../../../texts/keys.ts'
import { Badge } from '../../parts/badge.tsx'
import { TimeText } from '../../parts/time-text.tsx'

export type LinkedKey = AnswerOf<'GET /me/identities'>['identities'][number]

/** Enough of a fingerprint to tell keys apart by eye. */
export function shortened(fingerprint: string) {
  return `${fingerprint.slice(0, 8)}…${fingerprint.slice(-8)}`
}

export function KeyItem({ linked, onUnlink }: { readonly linked: LinkedKey; readonly onUnlink: () => void }) {
  const texts = useTexts(keysTexts)
  const { fingerprint, introducedAt, rotation } = linked
  const short = shortened(fingerprint)
  return (
    <li className="row">
      <div className="row-text">
        <p className="row-title">
          <code className="gb-secret" title={fingerprint}>
            {short}
          </code>
          {rotation !== null && <Badge tone="note">{texts.replaced}</Badge>}
        </p>
        <p className="muted">
          {texts.since} <TimeText time={introducedAt} />
        </p>
        {rotation !== null && (
          <p className="muted">
            {texts.replacedAt} <TimeText time={rotation.deadline} />
          </p>
        )}
        <div>
          <CopyButton text={fingerprint} label={texts.copy} />
        </div>
      </div>
      <Button aria-label={texts.unlinkOf(short)} onClick={onUnlink}>
        {texts.unlink}
      </Button>
    </li>
  )
}
