import { canLogIn, loginIndexesOf, type Registered, survives } from '../../domain/account/state.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import { type Introduced, keyAt, stateAt } from '../../domain/identity/state.ts'
import { countsAt } from '../../domain/kernel/attempt-budget.ts'
import type { AccountId, Fingerprint, SessionId } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { laneOf } from '../../domain/login/lanes.ts'
import { codeEntryHasEnded } from '../../domain/second-factor/code-entry.ts'
import { codesLeft } from '../../domain/second-factor/recovery-codes.ts'
import { hasExpired } from '../../domain/session/state.ts'
import type { LocalStreams } from '../explain/local-streams.ts'
import { policyAt } from '../explain/policy-at.ts'
import { type AggregateName, type AggregateTypes, aggregates, type Policies } from '../journal/aggregates.ts'
import { type Stream, streams } from '../journal/streams.ts'
import { type AccountMoment, absent, type SessionAt } from './account-moment.ts'
import { type Folded, foldUntil } from './fold-until.ts'

/** Newest first, of those that were granted after one position and up to another. */
export type GrantedSessions = (granted: {
  readonly accountId: AccountId
  readonly after: number
  readonly through: number
}) => readonly SessionId[]

type Sources = { readonly log: LocalStreams; readonly grantedSessions: GrantedSessions; readonly today: Policies }

type Fold = <Name extends AggregateName>(stream: Stream<Name>) => Folded<AggregateTypes[Name]['state']>

const ahead = (until: Instant | null | undefined, time: Instant) => (until !== null && until !== undefined && time < until ? until : null)

const keysAt = (fold: Fold, { identities }: Registered, time: Instant) =>
  [...identities.keys()].flatMap((fingerprint): (readonly [Fingerprint, Introduced])[] => {
    const { state } = fold(streams.identity(fingerprint))
    return state.type === 'introduced' ? [[fingerprint, stateAt(state, time)]] : []
  })

type Session = Folded<AggregateTypes['session']['state']>

const sessionAt = (fold: Fold, account: Registered, id: SessionId, { state }: Session, time: Instant): SessionAt | null => {
  if (state.type !== 'active' || !survives(account, state)) return null
  const identity = state.key === null ? null : fold(streams.identity(state.key.fingerprint)).state
  const known = identity?.type === 'introduced' ? identity : null
  if (state.key !== null && (known === null || keyAt(known, time).sequence !== state.key.sequence)) return null
  const deadline = known?.pending?.deadline ?? state.expiresAt
  const expiresAt = instant(Math.min(state.expiresAt, deadline))
  if (hasExpired({ ...state, expiresAt }, time)) return null
  const { grantedAt, lastSeenAt, idleExpiresAt, factors } = state
  return { id, grantedAt, lastSeenAt, idleExpiresAt, expiresAt, elevatedUntil: ahead(state.elevatedUntil, time), factors }
}

const sessionsAt = (fold: Fold, account: Registered, granted: readonly SessionId[], time: Instant) => {
  const folded = granted.map((id) => [id, fold(streams.session(id))] as const)
  return {
    isWhole: folded.every(([, { isWhole }]) => isWhole),
    sessions: folded.flatMap(([id, session]) => sessionAt(fold, account, id, session, time) ?? []),
  }
}

const loginsAt = (fold: Fold, account: Registered, time: Instant) => {
  const logins = loginIndexesOf(account).map((index) => fold(streams.login(index)))
  const lanes = logins[0]?.state.lanes ?? new Map()
  const strangers = laneOf(lanes, null)
  const deviceLocks = [...lanes].flatMap(([id, { until }]) => {
    const lockedUntil = ahead(until, time)
    return id === null || lockedUntil === null ? [] : [{ id, lockedUntil }]
  })
  return {
    isWhole: logins.every(({ isWhole }) => isWhole),
    logins: { failures: countsAt(strangers.budget, time).failures, lockedUntil: ahead(strangers.until, time), deviceLocks },
  }
}

const secondFactorAt = (fold: Fold, { accountId }: Registered, time: Instant) => {
  const { factor, entry } = fold(streams.secondFactor(accountId)).state
  const none = { enrolled: false, confirmedAt: null, recoveryCodesLeft: 0 }
  return {
    codesLockedUntil: ahead(entry.until, time),
    codeEntryEnded: codeEntryHasEnded(entry),
    secondFactor:
      factor.type === 'none' ? none : { enrolled: true, confirmedAt: factor.confirmedAt, recoveryCodesLeft: codesLeft(factor.recovery) },
  }
}

const rolesAt = (fold: Fold, { accountId, roles }: Registered) => {
  const { state } = fold(streams.administrators)
  const isAdministrator = state.type === 'set_up' && state.members.has(accountId)
  return [...roles, ...(isAdministrator ? [administratorRole] : [])].sort()
}

/** Null for an account that the log does not have at all. Throws for an event that cannot be read. */
export const accountAt =
  ({ log, grantedSessions, today }: Sources) =>
  (accountId: AccountId, time: Instant): AccountMoment | null => {
    if (log.events(streams.account(accountId).name, 0, 0).length === 0) return null
    const position = log.positionAt(time)
    const { values } = policyAt(log, position, today)
    const rules = aggregates(values)
    const fold: Fold = ({ aggregate, name }) => foldUntil(log, rules[aggregate], name, position)
    const { state: account } = fold(streams.account(accountId))
    if (account.type === 'erased') return absent(time, position, 'erased')
    if (account.type === 'absent' || account.type === 'abandoned') return absent(time, position)

    const longest = Math.max(values.session.absolute, today.session.absolute)
    const granted = grantedSessions({ accountId, after: log.positionAt(instant(time - longest)), through: position })
    const { isWhole: hasAllLogins, logins } = loginsAt(fold, account, time)
    const { isWhole: hasAllSessions, sessions } = sessionsAt(fold, account, granted, time)
    const consents = [...fold(streams.consent(accountId)).state.consents]
    const devices = [...fold(streams.devices(accountId)).state.devices]
    return {
      ...{
        time,
        position,
        isWhole: hasAllLogins && hasAllSessions,
        status: account.type,
        invited: account.type === 'active' && !canLogIn(account),
      },
      ...{ email: account.email, emailVerified: account.emailVerified, passwordChangeRequired: account.passwordChangeRequired },
      ...{ roles: rolesAt(fold, account), claims: Object.fromEntries(account.claims) },
      ...logins,
      ...secondFactorAt(fold, account, time),
      devices: devices.map(([id, { rememberedAt }]) => ({ id, rememberedAt })),
      keys: keysAt(fold, account, time).map(([id, identity]) => ({
        ...{ id, sequence: keyAt(identity, time).sequence, rotationUntil: identity.pending?.deadline ?? null },
      })),
      sessions,
      consents: consents.map(([id, { isGiven, version, at }]) => ({ id, given: isGiven, version, at })),
    }
  }
