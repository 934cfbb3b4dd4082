/** A session whose rows are not written yet; times in milliseconds since 1970, `tokenHash` in base64url. */
export type UnwrittenSession = {
  readonly sessionId: string
  slot: number
  tokenHash: string
  readonly holder: number
  readonly revision: number
  readonly grantedAt: number
  lastSeenAt: number
  idleExpiresAt: number
  readonly expiresAt: number
  elevatedUntil: number | null
  factors: string
  readonly address: string
  readonly userAgent: string | null
}

/**
 * Sessions that were granted in this batch, in memory until it is over or there are `greatest` of them. Most are used, renewed and ended soon
 * after their grant: whatever a batch sees of one comes to one write, or none. `write` gets them in the order of their slots.
 */
export function unwrittenSessions(greatest: number, write: (sessions: readonly UnwrittenSession[]) => void) {
  const byId = new Map<string, UnwrittenSession>()
  const slots = new Set<number>()
  let firstDue = Number.POSITIVE_INFINITY

  const forget = () => {
    byId.clear()
    slots.clear()
    firstDue = Number.POSITIVE_INFINITY
  }
  const flush = () => {
    if (byId.size === 0) return
    write([...byId.values()].sort((one, other) => one.slot - other.slot))
    forget()
  }
  const add = (session: UnwrittenSession) => {
    if (byId.size >= greatest) flush()
    byId.set(session.sessionId, session)
    slots.add(session.slot)
    firstDue = Math.min(firstDue, session.expiresAt)
  }
  const remove = ({ sessionId, slot }: UnwrittenSession) => {
    byId.delete(sessionId)
    slots.delete(slot)
  }
  const move = (session: UnwrittenSession, slot: number, tokenHash: string) => {
    slots.delete(session.slot)
    slots.add(slot)
    session.slot = slot
    session.tokenHash = tokenHash
  }
  const get = (sessionId: string) => byId.get(sessionId)
  const holds = (slot: number) => slots.has(slot)
  /** None of them expires before this. */
  const noneDueBefore = () => firstDue
  return { add, get, move, remove, holds, noneDueBefore, flush, forget }
}
