import type { Instant } from '../../domain/kernel/instant.ts'
import type { AccountMoment } from './account-moment.ts'

const iso = (time: Instant) => new Date(time).toISOString()
const isoOrNull = (time: Instant | null) => (time === null ? null : iso(time))

/** With times in ISO 8601, and without the address, which is sealed. */
export function plainMoment({ email: _, ...moment }: AccountMoment) {
  const { secondFactor } = moment
  return {
    ...moment,
    time: iso(moment.time),
    lockedUntil: isoOrNull(moment.lockedUntil),
    deviceLocks: moment.deviceLocks.map(({ id, lockedUntil }) => ({ id, lockedUntil: iso(lockedUntil) })),
    codesLockedUntil: isoOrNull(moment.codesLockedUntil),
    secondFactor: { ...secondFactor, confirmedAt: isoOrNull(secondFactor.confirmedAt) },
    devices: moment.devices.map(({ id, rememberedAt }) => ({ id, rememberedAt: iso(rememberedAt) })),
    keys: moment.keys.map(({ id, sequence, rotationUntil }) => ({ id, sequence, rotationUntil: isoOrNull(rotationUntil) })),
    sessions: moment.sessions.map(({ id, factors, ...session }) => ({
      id,
      grantedAt: iso(session.grantedAt),
      lastSeenAt: iso(session.lastSeenAt),
      idleExpiresAt: iso(session.idleExpiresAt),
      expiresAt: iso(session.expiresAt),
      elevatedUntil: isoOrNull(session.elevatedUntil),
      factors,
    })),
    consents: moment.consents.map(({ at, ...consent }) => ({ ...consent, at: iso(at) })),
  }
}
