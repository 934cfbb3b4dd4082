import type { ClaimValue } from '../../domain/account/events.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Factor } from '../../domain/session/events.ts'

type Rated = {
  readonly roles: ReadonlySet<string>
  readonly claims: ReadonlyMap<string, ClaimValue>
  readonly factors: readonly string[]
  readonly elevatedUntil: Instant | null
  /** By what it was elevated last. */
  readonly elevatedBy: Factor | null
}

export type Demand = {
  readonly isMet: (session: Rated) => boolean
  readonly isElevated: (session: Rated, at: Instant) => boolean
}

const hasFactor = ({ factors }: Rated) => factors.includes('otp')

const isElevatedAtAll = ({ elevatedUntil }: Rated, at: Instant) => elevatedUntil !== null && at < elevatedUntil

const nothing: Demand = { isMet: () => true, isElevated: isElevatedAtAll }

/** An elevation by password does not count where a code is asked for, whatever the session began with. */
const secondFactor: Demand = {
  isMet: hasFactor,
  isElevated: (session, at) => isElevatedAtAll(session, at) && session.elevatedBy === 'otp' && hasFactor(session),
}

/** What a session is worth: the one rule for guards, access tokens and administration. */
export function sessionWorth(requiresSecondFactor: (roles: ReadonlySet<string>) => boolean) {
  const demandOf = (...roles: readonly string[]) => (requiresSecondFactor(new Set(roles)) ? secondFactor : nothing)
  const ofAnybody = demandOf()
  return {
    demandOf,
    /** For those who must still enroll. */
    elevation: nothing,
    /** What others are told of it. */
    attested: (session: Rated, at: Instant) => {
      const isMet = ofAnybody.isMet(session)
      const roles = isMet ? [...session.roles].filter((role) => demandOf(role).isMet(session)) : []
      const isElevated = [ofAnybody, ...roles.map((role) => demandOf(role))].every((demand) => demand.isElevated(session, at))
      return {
        roles,
        claims: isMet ? Object.fromEntries(session.claims) : {},
        elevatedUntil: isElevated ? session.elevatedUntil : null,
      }
    },
  }
}
