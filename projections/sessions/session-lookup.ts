import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { administratorsStream, categoryOf, idInStream } from '../../domain/kernel/streams.ts'
import type { ActiveSessionRow } from './active-session.ts'
import { sessionQueries } from './session-queries.ts'

export type SessionLookup = {
  readonly find: (tokenHash: string) => ActiveSessionRow | undefined
  /** Must be called before anyone is told that the events were committed. */
  readonly invalidate: (events: readonly RecordedEvent[]) => void
  readonly clear: () => void
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

/** Two of these, young and old, approximate "least recently used" at the cost of one `Map.get` for a hit. */
type Generation = { readonly entries: Map<string, Entry>; readonly sessions: Map<string, Cell>; readonly accounts: Map<string, Cell> }

const generation = (): Generation => ({ entries: new Map(), sessions: new Map(), accounts: new Map() })

const touches: Readonly<Record<string, 'sessions' | 'accounts'>> = { session: 'sessions', account: 'accounts' }

/** The session or account whose sessions such an event may end or change. */
export function touchedBy({ stream, data }: Pick<RecordedEvent, 'stream' | 'data'>) {
  if (stream === administratorsStream) return { cells: 'accounts' as const, id: (data as { readonly accountId: string }).accountId }
  if (categoryOf(stream) === 'identity') return { cells: 'accounts' as const, id: (data as { readonly accountId: string }).accountId }
  const cells = touches[categoryOf(stream)]
  return cells === undefined ? undefined : { cells, id: idInStream(stream) }
}

const expire = (cells: Map<string, Cell>, id: string) => {
  const cell = cells.get(id)
  if (cell === undefined) return
  cell.stale = true
  cells.delete(id)
}

/** `db` must see the newest commit, or an ended session could be returned: no transaction, no unfinished iteration. */
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
    for (const event of events) {
      const touched = touchedBy(event)
      if (touched === undefined) continue
      expire(young[touched.cells], touched.id)
      expire(old[touched.cells], touched.id)
    }
  }
  const clear = () => {
    young = generation()
    old = generation()
  }
  return { find, invalidate, clear }
}
