import type { AnswerOf } from '../../../client/result.ts'
import { useTexts } from '../../../react/gatebook-context.ts'
import { explanationTexts } from '../../../texts/explanation/catalog.ts'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'

export type Moment = AnswerOf<'GET /audit/accounts/{id}/at'>['moment']

function Until({ time }: { readonly time: string | null }) {
  const { moment: texts } = useTexts(explanationTexts)
  return time === null ? texts.none : <TimeText time={time} isExact />
}

export function MomentFacts({ moment }: { readonly moment: Moment }) {
  const { moment: texts } = useTexts(explanationTexts)
  const { secondFactor, sessions } = moment
  const claims = Object.entries(moment.claims).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return (
    <>
      {!moment.isWhole && <p className="gb-hint">{texts.incomplete}</p>}
      <Definitions>
        <DefinitionRow term={texts.position}>
          <span className="mono">{moment.position}</span>
        </DefinitionRow>
        <DefinitionRow term={texts.status}>{texts.statuses[moment.status]}</DefinitionRow>
        <DefinitionRow term={texts.roles}>{moment.roles.join(', ') || texts.none}</DefinitionRow>
        <DefinitionRow term={texts.claims}>{claims.join(', ') || texts.none}</DefinitionRow>
        <DefinitionRow term={texts.failures}>{moment.failures}</DefinitionRow>
        <DefinitionRow term={texts.locked}>
          <Until time={moment.lockedUntil} />
        </DefinitionRow>
        <DefinitionRow term={texts.codesLocked}>
          <Until time={moment.codesLockedUntil} />
        </DefinitionRow>
        <DefinitionRow term={texts.factor}>
          {secondFactor.enrolled ? texts.enrolled(secondFactor.recoveryCodesLeft) : texts.none}
        </DefinitionRow>
        <DefinitionRow term={texts.sessions}>
          {sessions.length === 0 && texts.none}
          {sessions.length > 0 && (
            <ul className="moment-list">
              {sessions.map(({ id, grantedAt }) => (
                <li key={id}>
                  <TimeText time={grantedAt} isExact /> <span className="mono">{id}</span>
                </li>
              ))}
            </ul>
          )}
        </DefinitionRow>
        <DefinitionRow term={texts.devices}>{moment.devices.length}</DefinitionRow>
      </Definitions>
    </>
  )
}
