import type { LocalLog } from '../../application/ports/local-log.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { accountStream, administratorsStream, categoryOf, idInStream, sessionStream } from '../../domain/kernel/streams.ts'
import type { Row } from '../../projections/refold/compare-rows.ts'
import { differencesInRow } from '../../projections/refold/compare-tables.ts'
import type { Difference } from '../../projections/refold/difference.ts'
import type { KeptRows } from '../../projections/refold/kept-rows.ts'
import { foldStream } from './fold-stream.ts'
import { accountFold, accountRow, administratorsFold, holderRow } from './folded-account.ts'
import { mayBeGone, sessionFold, sessionRow } from './folded-session.ts'

type Subject = { readonly kind: 'account' | 'session'; readonly id: string }

const sorted = (roles: string) => {
  try {
    return JSON.stringify([...JSON.parse(roles)].sort())
  } catch {
    return roles
  }
}

const inOrder = (row: Row | undefined): Row | undefined => (typeof row?.roles === 'string' ? { ...row, roles: sorted(row.roles) } : row)

/** Milliseconds. */
const clockSkew = 60_000

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Accounts and sessions, folded from their streams by the deciders, against their rows. */
export function sampler(kept: KeptRows, log: LocalLog) {
  let clock = { time: 0, readAt: Number.NEGATIVE_INFINITY }
  // A later grant removes what has expired by the clock of the node that grants. Looking for the end of the log costs more than a sample.
  const latestClock = () => {
    if (performance.now() - clock.readAt > clockSkew / 2)
      clock = { time: Date.parse(log.at(log.ends().newest)?.recordedAt ?? '') + clockSkew, readAt: performance.now() }
    return clock.time
  }

  const ofAccount = (id: string): readonly Difference[] => {
    const folded = foldStream(log, accountStream(id as AccountId), accountFold)
    const administrators = foldStream(log, administratorsStream, administratorsFold)
    const isAdministrator = administrators.type === 'set_up' && administrators.members.has(id as AccountId)
    const compare = (rows: typeof kept.account, expected: Row | undefined) =>
      differencesInRow(rows.table, id, expected, inOrder(rows.find(id)))
    const row = accountRow(folded, isAdministrator)
    return [
      ...compare(kept.account, row),
      ...compare(kept.administrator, isAdministrator ? {} : undefined),
      ...(row === undefined ? [] : compare(kept.holder, holderRow(folded, isAdministrator))),
    ]
  }
  const ofSession = (id: string): readonly Difference[] => {
    const folded = foldStream(log, sessionStream(id as SessionId), sessionFold)
    const found = kept.session.find(id)
    if (found === undefined && mayBeGone(folded, latestClock)) return []
    return differencesInRow(kept.session.table, id, sessionRow(folded), found)
  }

  const subjectOf = ({ stream, data }: { readonly stream: string; readonly data: unknown }): Subject | undefined => {
    const kind = categoryOf(stream)
    if (kind === 'account' || kind === 'session') return { kind, id: idInStream(stream) }
    const id = typeof data === 'object' && data !== null && 'accountId' in data ? data.accountId : null
    return typeof id === 'string' ? { kind: 'account', id } : undefined
  }
  /** Rows show what is too much, and the log what is missing. */
  const draw = (random: () => number, newest: number): Subject | undefined => {
    const from = Math.floor(random() * 4)
    if (from >= 2) {
      const [event] = log.after(Math.floor(random() * newest), 1)
      return event && subjectOf(event)
    }
    const kind = from === 0 ? 'account' : 'session'
    const id = (from === 0 ? kept.drawAccount : kept.drawSession)(random())
    return id === undefined ? undefined : { kind, id }
  }

  const check = ({ kind, id }: Subject) => (uuid.test(id) ? (kind === 'account' ? ofAccount(id) : ofSession(id)) : [])
  /** The row and its stream at one position. `newest`: up to where the log is drawn from. Undefined if nothing was drawn. */
  const sample = (random: () => number, newest: number) =>
    kept.together(() => {
      const subject = draw(random, newest)
      return subject && { subject, differences: check(subject) }
    })
  return { sample, check }
}
