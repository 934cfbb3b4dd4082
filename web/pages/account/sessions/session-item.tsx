import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { Icon } from '../../../react/ui/icon.tsx'
import { accountTexts } from '../../../texts/account.ts'
import { Badge } from '../../parts/badge.tsx'
import { deviceIcon } from '../../parts/device-name.ts'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import type { ListedSession } from './listed-session.ts'
import { UnreadableAgent } from './unreadable-agent.tsx'

type SessionItemProps = {
  readonly session: ListedSession
  readonly name: string
  readonly isEnding: boolean
  readonly onEnd: () => void
}

export function SessionItem({ session, name, isEnding, onEnd }: SessionItemProps) {
  const all = useTexts(accountTexts)
  const texts = all.sessions
  const factors = session.factors.map((factor) => all.factors[factor] ?? factor).join(' + ')
  return (
    <li className="row">
      <span className="row-icon">
        <Icon name={deviceIcon(session.device)} />
      </span>
      <div className="row-text">
        <p className="row-title">
          <span title={session.userAgent ?? undefined}>{name}</span>
          {session.current && <Badge tone="good">{texts.current}</Badge>}
        </p>
        <UnreadableAgent of={session} />
        <p className="muted">
          {session.address === null ? texts.noAddress : <bdi>{session.address}</bdi>} · {texts.seen}{' '}
          <RelativeTime time={session.lastSeenAt} /> (<TimeText time={session.lastSeenAt} />)
        </p>
        <p className="muted">
          {texts.since} <TimeText time={session.grantedAt} /> {texts.by} {factors}
        </p>
      </div>
      {!session.current && (
        <Button aria-label={texts.endOf(name)} isBusy={isEnding} onClick={onEnd}>
          {texts.end}
        </Button>
      )}
    </li>
  )
}
