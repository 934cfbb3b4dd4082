import { eventReader } from '../../domain/kernel/reader.ts'
import { type SessionEvent, sessionEvents } from '../../domain/session/events.ts'
import { evolveSession, type State } from '../../domain/session/state.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { idBytes } from '../../projections/engine/id-bytes.ts'
import type { Row } from '../../projections/refold/compare-rows.ts'
import type { Fold } from './fold-stream.ts'

type ErasedGrant = Extract<SessionEvent, { type: 'SessionPayloadErased' }>['data']

type Folded = {
  readonly state: State
  /** Of a session that was not revoked: what is left of it stays until it is removed with those that have expired. */
  readonly erased: ErasedGrant | null
  readonly origin: { readonly address: string; readonly user_agent: string | null } | null
  readonly elevatedBy: string | null
}

const erasedIn = (before: ErasedGrant | null, event: SessionEvent) => {
  if (event.type === 'SessionPayloadErased') return event.data
  return event.type === 'SessionRevoked' ? null : before
}

const originIn = (event: SessionEvent) =>
  event.type === 'SessionGranted' ? { address: event.data.ipAddress, user_agent: event.data.userAgent } : null

/** With the decider's own `evolve`. Where a session came from and what it was elevated with are not in its state. */
export const sessionFold: Fold<Folded, SessionEvent> = {
  initial: { state: { type: 'absent' }, erased: null, origin: null, elevatedBy: null },
  evolve: ({ state, erased, origin, elevatedBy }, event) => ({
    state: evolveSession(state, event),
    erased: erasedIn(erased, event),
    origin: origin ?? originIn(event),
    elevatedBy: event.type === 'SessionElevated' ? event.data.factor : elevatedBy,
  }),
  reader: eventReader(sessionEvents, upcasters),
}

const blankRow = ({ accountId, at, expiresAt }: ErasedGrant): Row => ({
  ...{ token_hash: Buffer.alloc(32), account: idBytes(accountId), revision: 0n, granted_at: BigInt(at), last_seen_at: BigInt(at) },
  ...{ idle_expires_at: BigInt(expiresAt), expires_at: BigInt(expiresAt), elevated_until: null, elevated_by: null },
  ...{ factors: '', address: '', user_agent: null, identity: null, key_sequence: 0n },
})

/** No row for a session that never was, or was revoked. Without its number. */
export function sessionRow({ state, erased, origin, elevatedBy }: Folded): Row | undefined {
  if (erased !== null) return blankRow(erased)
  if (state.type !== 'active') return undefined
  const { elevatedUntil, key } = state
  return {
    token_hash: Buffer.from(state.tokenHash, 'base64url'),
    account: idBytes(state.accountId),
    revision: BigInt(state.accountRevision),
    granted_at: BigInt(state.grantedAt),
    last_seen_at: BigInt(state.lastSeenAt),
    idle_expires_at: BigInt(state.idleExpiresAt),
    expires_at: BigInt(state.expiresAt),
    elevated_until: elevatedUntil === null ? null : BigInt(elevatedUntil),
    elevated_by: elevatedUntil === null ? null : elevatedBy,
    factors: state.factors.join(' '),
    ...(origin ?? { address: null, user_agent: null }),
    identity: key && Buffer.from(key.fingerprint, 'hex'),
    key_sequence: BigInt(key?.sequence ?? 0),
  }
}

/** The row of a session that has expired may be gone: a later grant removes some. */
export function mayBeGone({ state, erased }: Folded, now: () => number): boolean {
  const expiresAt = erased?.expiresAt ?? (state.type === 'active' ? state.expiresAt : null)
  return expiresAt !== null && expiresAt <= now()
}
