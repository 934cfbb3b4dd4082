import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { readEvent } from '../engine/decode-event.ts'

/** Of the session's own events. `endedAt`: of its revocation, `null` if it has none: it may have expired, or ended with others. */
export type SessionLife = {
  readonly session: SessionId
  readonly account: AccountId
  readonly grantedAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
  readonly because: string | null
  readonly refreshes: number
  readonly isReused: boolean
  /** `until` as it was granted: a refresh or the end of the session ends it before. */
  readonly elevations: readonly { readonly at: Instant; readonly until: Instant }[]
  /** Others verify them without asking, until `expiresAt`. */
  readonly accessTokens: readonly { readonly at: Instant; readonly expiresAt: Instant }[]
}

export function sessionLife(recorded: readonly RecordedEvent[]): SessionLife {
  let life: SessionLife | undefined
  for (const event of recorded.map(readEvent)) {
    if (event.type === 'SessionGranted') {
      const { sessionId: session, accountId: account, at: grantedAt, expiresAt } = event.data
      const nothing = { endedAt: null, because: null, refreshes: 0, isReused: false, elevations: [], accessTokens: [] }
      life = { session, account, grantedAt, expiresAt, ...nothing }
    } else if (life !== undefined) life = lived(life, event)
  }
  if (life === undefined) throw new Error('a session begins with its grant')
  return life
}

const lived = (life: SessionLife, event: ReturnType<typeof readEvent>): SessionLife => {
  switch (event.type) {
    case 'RefreshTokenRotated':
      return { ...life, refreshes: life.refreshes + 1 }
    case 'RefreshTokenReuseDetected':
      return { ...life, isReused: true }
    case 'SessionElevated':
      return { ...life, elevations: [...life.elevations, { at: event.data.at, until: event.data.until }] }
    case 'AccessTokenIssued':
      return { ...life, accessTokens: [...life.accessTokens, { at: event.data.at, expiresAt: event.data.expiresAt }] }
    case 'SessionRevoked':
      return { ...life, endedAt: event.data.at, because: event.data.because }
    default:
      return life
  }
}
