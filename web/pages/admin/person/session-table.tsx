import { Link } from 'wouter'
import type { AnswerOf } from '../../../client/result.ts'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { personTexts } from '../../../texts/admin/person.ts'
import { Badge } from '../../parts/badge.tsx'
import { deviceName } from '../../parts/device-name.ts'
import { TimeText } from '../../parts/time-text.tsx'
import { radiusPath } from '../blast-radius/radius.ts'

type Session = AnswerOf<'GET /admin/accounts/{id}/sessions'>['sessions'][number]

type SessionTableProps = {
  readonly sessions: readonly Session[]
  readonly isEnding: (id: string) => boolean
  readonly onEnd: (id: string) => void
}

export function SessionTable({ sessions, isEnding, onEnd }: SessionTableProps) {
  const texts = useTexts(personTexts).sessions
  return (
    <div className="section-table">
      <table className="data-table">
        <caption className="gb-visually-hidden">{texts.table}</caption>
        <thead>
          <tr>
            {[texts.device, texts.network, texts.lastSeen, texts.factors].map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
            <th scope="col">
              <span className="gb-visually-hidden">{texts.action}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <SessionRow session={session} isEnding={isEnding} onEnd={onEnd} key={session.id} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SessionRow({ session, isEnding, onEnd }: Omit<SessionTableProps, 'sessions'> & { readonly session: Session }) {
  const texts = useTexts(personTexts).sessions
  const device = deviceName(session.device) ?? texts.unknownDevice
  return (
    <tr>
      <th scope="row">
        <span title={session.userAgent ?? undefined}>{device}</span> {session.current && <Badge tone="good">{texts.current}</Badge>}
        <span className="cell-hint">
          {texts.began} <TimeText time={session.grantedAt} />
        </span>
      </th>
      <td data-label={texts.network}>{session.address ?? '–'}</td>
      <td data-label={texts.lastSeen}>
        <TimeText time={session.lastSeenAt} />
      </td>
      <td data-label={texts.factors}>{session.factors.map((factor) => texts.factorNames[factor] ?? factor).join(', ')}</td>
      <td className="cell-end">
        <Button aria-label={texts.endOne(device)} isBusy={isEnding(session.id)} onClick={() => onEnd(session.id)}>
          {texts.end}
        </Button>{' '}
        <Link href={radiusPath('session', session.id)} aria-label={texts.radiusOf(device)}>
          {texts.radius}
        </Link>
      </td>
    </tr>
  )
}
