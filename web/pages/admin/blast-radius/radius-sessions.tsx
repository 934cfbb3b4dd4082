import { Link } from 'wouter'
import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { Badge } from '../../parts/badge.tsx'
import { Card } from '../../parts/card.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { type RadiusSession, radiusPath } from './radius.ts'
import { EntryList } from './radius-entries.tsx'

export function RadiusSessions({ sessions }: { readonly sessions: readonly RadiusSession[] }) {
  const texts = useTexts(auditTexts).radius
  return (
    <Card title={texts.sessions}>
      {sessions.length === 0 && <p className="muted">{texts.noSessions}</p>}
      {sessions.map((session) => (
        <section key={session.id} aria-label={texts.session(session.account)}>
          <h3>
            <Link href={`/admin/people/${session.account}`}>{texts.session(session.account)}</Link>{' '}
            <Badge tone={session.active ? 'bad' : 'plain'}>{session.active ? texts.active : texts.over}</Badge>
          </h3>
          <Facts session={session} />
        </section>
      ))}
    </Card>
  )
}

function Facts({ session }: { readonly session: RadiusSession }) {
  const texts = useTexts(auditTexts).radius
  const language = useLanguage()
  const { accessTokens, elevations } = session
  const last = accessTokens.at(-1)
  const exact = (time: string) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time))
  const groups = [
    [texts.devices, session.devices],
    [texts.changes, session.changes],
    [texts.reads, session.reads],
  ] as const
  return (
    <>
      <Definitions>
        <DefinitionRow term={texts.granted}>
          <TimeText time={session.grantedAt} isExact />
        </DefinitionRow>
        {session.endedAt !== null && (
          <DefinitionRow term={texts.endedAt}>
            <TimeText time={session.endedAt} isExact />
          </DefinitionRow>
        )}
        <DefinitionRow term={texts.refreshes}>{session.refreshes}</DefinitionRow>
        {last !== undefined && (
          <DefinitionRow term={texts.tokens}>{texts.tokensUntil(accessTokens.length, exact(last.expiresAt))}</DefinitionRow>
        )}
        {elevations.length > 0 && <DefinitionRow term={texts.elevations}>{elevations.map(({ at }) => exact(at)).join(', ')}</DefinitionRow>}
      </Definitions>
      {session.refreshTokenReused && <p>{texts.reused}</p>}
      {groups.map(
        ([title, entries]) =>
          entries.length > 0 && (
            <section key={title}>
              <h4>{title}</h4>
              <EntryList entries={entries} own={session.account} />
            </section>
          ),
      )}
      {session.cut && <Link href={radiusPath('session', session.id)}>{texts.cut}</Link>}
    </>
  )
}
