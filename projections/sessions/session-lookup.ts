import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { administratorsStream, categoryOf, idInStream } from '../../domain/kernel/streams.ts'
import type { ActiveSessionRow } from './active-session.ts'
import { sessionQueries } from './session-queries.ts'

export type SessionLookup = {
  /** Whom a token belongs to, by its SHA-256 in base64url. The caller compares the times with its clock. */
  readonly find: (tokenHash: string) => ActiveSessionRow | undefined
  /** To be called with every group of events that was committed, before anybody is answered on the strength of it. */
  readonly invalidate: (events: readonly RecordedEvent[]) => void
  /** Drops all that is remembered. */
  readonly forget: () => void
}

type Cell = { stale: boolean }
type Entry = { readonly session: ActiveSessionRow; readonly own: Cell; readonly account: Cell }

const isFresh = ({ own, account }: Entry) => !own.stale && !account.stale

const cellOf = (cells: Map<string, Cell>, id: string): Cell => {
  const known = cells.get(id)
  if (known !== undefined) return known
  const cell = { stale: false }
  cells.set(id, cell)
  return cell
}

/** What was read lately; two of these, young and old, stand for "least recently used" at the price of one `Map.get` a hit. */
type Generation = { readonly entries: Map<string, Entry>; readonly sessions: Map<string, Cell>; readonly accounts: Map<string, Cell> }

const generation = (): Generation => ({ entries: new Map(), sessions: new Map(), accounts: new Map() })

const touches: Readonly<Record<string, 'sessions' | 'accounts'>> = { session: 'sessions', account: 'accounts' }

const spoil = (cells: Map<string, Cell>, id: string) => {
  const cell = cells.get(id)
  if (cell === undefined) return
  cell.stale = true
  cells.delete(id)
}

/**
 * The guards' look-up: a cache of at most `capacity` sessions before one prepared statement.
 *
 * It never answers with a session that had ended when `find` was called. All of it runs in one thread without a pause, so nothing comes between
 * reading a row and caching it. A row that was read before a commit is cached before `invalidate` for that commit runs, which drops it; a
 * row that is read after the commit is the new one, for each statement sees the newest commit. That last step needs a connection of its own:
 * on one that is inside a transaction, or inside somebody's unfinished iteration, a statement sees what was true when that began.
 *
 * What events touch is marked stale in one step, however many sessions an account has. Any event of an account's or a session's stream counts,
 * so that one that is added later cannot be forgotten here. Tokens that nobody has are not remembered: whoever sends millions of them fills
 * nothing and pushes nobody out.
 */
export function openSessionLookup(db: Database, capacity = 50_000): SessionLookup {
  const { byTokenHash } = sessionQueries(db)
  let young = generation()
  let old = generation()

  const remember = (tokenHash: string, session: ActiveSessionRow) => {
    if (young.entries.size >= capacity / 2) {
      old = young
      young = generation()
    }
    const own = cellOf(young.sessions, session.sessionId)
    young.entries.set(tokenHash, { session, own, account: cellOf(young.accounts, session.accountId) })
  }

  const find = (tokenHash: string): ActiveSessionRow | undefined => {
    const recent = young.entries.get(tokenHash)
    if (recent !== undefined && isFresh(recent)) return recent.session
    const older = recent === undefined ? old.entries.get(tokenHash) : undefined
    const session = older !== undefined && isFresh(older) ? older.session : byTokenHash(tokenHash)
    if (session === undefined) young.entries.delete(tokenHash)
    else remember(tokenHash, session)
    return session
  }

  const invalidate = (events: readonly RecordedEvent[]) => {
    for (const { stream, data } of events) {
      if (stream === administratorsStream) {
        const { accountId } = data as { readonly accountId: string }
        spoil(young.accounts, accountId)
        spoil(old.accounts, accountId)
      }
      const touched = touches[categoryOf(stream)]
      if (touched === undefined) continue
      const id = idInStream(stream)
      spoil(young[touched], id)
      spoil(old[touched], id)
    }
  }
  const forget = () => {
    young = generation()
    old = generation()
  }
  return { find, invalidate, forget }
}
