import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { auditQueries } from '../../../projections/audit/audit-queries.ts'
import type { AuditFilter, AuditRequest, Place } from '../../../projections/audit/search/audit-filter.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { accountId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { linesOf, type Step } from '../support/any-history.ts'
import { embeddedLog, type Line, storedForm } from '../support/embedded-log.ts'
import { anyFilter, linkedHistory, sessionsIn } from '../support/linked-history.ts'
import { networkOf } from '../support/scene-events.ts'

const step = (verb: Step['verb'], account = 1, wait = 0): Step => ({ verb, account, session: 0, back: 0, wait })

const trail = (steps: readonly Step[], filter: AuditRequest) => {
  const { db, commit } = embeddedLog()
  commit(...linesOf(steps))
  const { entries } = auditQueries(db, localLog(db)).page(filter)
  db.close()
  return entries
}
const typesOf = (steps: readonly Step[], filter: AuditRequest) => trail(steps, filter).map(({ type }) => type)

const everyPage = (lines: readonly Line[], filter: AuditFilter, limit: number, rowsAtMost?: number) => {
  const { db, commit } = embeddedLog()
  if (lines.length > 0) commit(...lines)
  const { page } = auditQueries(db, localLog(db), rowsAtMost)
  const pages = []
  for (let place: Place | undefined; ; ) {
    const { entries, next } = page({ ...filter, limit, place })
    pages.push(entries)
    if (next === null) break
    place = next
  }
  db.close()
  return pages
}

describe('the audit trail', () => {
  test('has an entry for what happened: when, to whom, by whom, in words', () => {
    expect(trail([step('attempted'), step('rejected', 1, 1_000)], { limit: 1 })).toEqual([
      {
        position: 5,
        at: later(1_000),
        type: 'PasswordRejected',
        account: accountId(1),
        actor: 'system',
        summary: 'Password rejected',
        session: null,
        isOfActor: false,
        correlationId: 'correlation',
        ipAddress: null,
      },
    ])
  })

  test('counts to an account what happened on it, to its sessions, at its log-in and on the roster', () => {
    const steps = [step('attempted'), step('rejected'), step('locked'), step('grant'), step('extended'), step('joined'), step('disabled')]
    const others = [step('attempted', 2), step('disabled', 2)]
    const all = [
      'AccountDisabled',
      'AdministratorAdded',
      'SessionExtended',
      'SessionGranted',
      'LoginLocked',
      'PasswordRejected',
      'LoginAttempted',
    ]
    expect(typesOf([...steps, ...others], { account: accountId(1) })).toEqual([...all, 'AccountRegistered'])
  })

  test('counts to nobody what a stranger tried with an address that nobody had', () => {
    expect(trail([step('attemptedByStranger'), step('rejected')], { limit: 2 }).map(({ account }) => account)).toEqual([null, null])
  })

  test('shows what was erased with its type, time and account, and no longer with its network', () => {
    const { db, commit, erase } = embeddedLog()
    commit(...linesOf([step('attempted', 1, 5_000), step('rejected', 1, 1_000), step('attemptedByStranger', 2), step('summarized')]))
    const { page } = auditQueries(db, localLog(db))
    const before = page({ limit: 4 }).entries
    const network = networkOf(0)
    expect(page({ network }).entries).toHaveLength(2)
    erase([4, 5, 6])
    const words = (type: string) => `Details erased (${type})`
    const after = before.map((entry) =>
      entry.type === 'LoginSummarized' ? entry : { ...entry, summary: words(entry.type), ipAddress: null },
    )
    expect(page({ limit: 4 }).entries).toEqual(after)
    expect(page({ types: ['LoginAttempted'] }).entries).toHaveLength(2)
    expect(page({ network }).entries).toEqual([])
    rebuild(db, localLog(db), { force: true })
    expect(auditQueries(db, localLog(db)).page({ limit: 4 }).entries).toEqual(after)
    db.close()
  })

  test('goes by the newest attempt, also when both were recorded at once', () => {
    const { db, commit } = embeddedLog()
    const lines = linesOf([step('attempted'), step('attemptedByStranger'), step('rejected')])
    commit(...lines.slice(0, -1))
    commit(...lines.slice(-1))
    expect(
      auditQueries(db, localLog(db))
        .page({ limit: 3 })
        .entries.map(({ account }) => account),
    ).toEqual([null, null, accountId(1)])
    db.close()
  })

  test('of a network holds the attempts and the sessions that name it, and nothing of what came of them', () => {
    const second = { session: 1 }
    const steps = [
      step('grant'),
      step('grant'),
      step('attempted'),
      step('rejected'),
      { ...step('attempted', 2), ...second },
      step('locked'),
      step('extended'),
      step('revoked'),
      step('attemptedByStranger', 3),
    ]
    const positions = (network: number) => trail(steps, { network: networkOf(network) }).map(({ position }) => position)
    expect(positions(0)).toEqual([12, 6, 4])
    expect(positions(1)).toEqual([8, 5])
    expect(positions(2)).toEqual([])
  })

  test('leaves out data keys, of which the log keeps no history', () => {
    expect(typesOf([step('wrapped')], {})).toEqual(['AccountRegistered', 'AccountRegistered', 'AccountRegistered'])
  })

  test.each(['nobody', "' OR 1", 'constructor', accountId(9)])('is empty for an account that never was: %s', (account) => {
    expect(typesOf([step('grant')], { account })).toEqual([])
    expect(typesOf([step('grant')], { actor: account })).toEqual([])
  })

  test('under any filter and any size of page is what the whole trail holds of it, newest first, nothing twice', () => {
    fc.assert(
      fc.property(linkedHistory, anyFilter, fc.integer({ min: 1, max: 7 }), (lines, filter, limit) => {
        const all = everyPage(lines, {}, 100).flat()
        const { account, actor, network, types, session, correlation, from, to } = filter
        const networks = lines.map(({ event }) => (storedForm(event).data as { readonly networkIndex?: string }).networkIndex)
        const expected = all.filter(
          (entry) =>
            (account === undefined || entry.account === account) &&
            (actor === undefined || entry.actor === actor) &&
            (network === undefined || networks[entry.position - 1] === network) &&
            (types === undefined || types.includes(entry.type)) &&
            (session === undefined || sessionsIn(lines[entry.position - 1]).includes(session)) &&
            (correlation === undefined || entry.correlationId === correlation) &&
            (from === undefined || entry.at >= from) &&
            (to === undefined || entry.at <= to),
        )
        const pages = everyPage(lines, filter, limit)
        expect(pages.flat()).toEqual(expected)
        expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true)
        const [fewRows, short] = [limit + 1, everyPage(lines, filter, limit, limit + 1)]
        expect(short.flat()).toEqual(expected)
        expect(short.length).toBeLessThanOrEqual(Math.ceil(all.length / fewRows) + expected.length + 1)
        expect(all.map(({ position }) => position)).toEqual([...all.map(({ position }) => position)].sort((a, b) => b - a))
      }),
      { numRuns: 60 },
    )
  })

  test('tells ids apart that share a key', () => {
    const [one, other] = [0x01, 0x41].map((n) => `01970000-0000-7000-8000-0000000000${n.toString(16).padStart(2, '0')}`)
    const { db, commit } = embeddedLog()
    const event = linesOf([step('enabled')]).at(-1)
    if (event === undefined || one === undefined || other === undefined) return expect.unreachable('a line')
    commit({ ...event, correlationId: one, sessionId: other }, { ...event, correlationId: other, sessionId: one })
    const { page } = auditQueries(db, localLog(db))
    const positions = (filter: AuditFilter) => page(filter).entries.map(({ position }) => position)
    expect([positions({ correlation: one }), positions({ correlation: other })]).toEqual([[1], [2]])
    expect([positions({ session: one }), positions({ session: other }), positions({ session: one, correlation: one })]).toEqual([
      [2],
      [1],
      [],
    ])
    db.close()
  })

  test('finds the days of a long log', () => {
    const day = 86_400_000
    const steps = Array.from({ length: 40 }, () => step('enabled', 1, day / 4))
    const found = trail(steps, { from: later(2 * day), to: later(3 * day), types: ['AccountEnabled'] })
    expect(found.map(({ at }) => (at - noon) / day)).toEqual([3, 2.75, 2.5, 2.25, 2])
  })

  test('reads a thousand rows for a page and no more, when nothing in them is asked for', () => {
    const { db, commit } = embeddedLog()
    const lines = linesOf([step('everySession'), ...Array.from({ length: 2_500 }, () => step('enabled'))])
    commit(...lines)
    const { page } = auditQueries(db, localLog(db))
    const found = []
    let [place, pages]: [Place | undefined, number] = [undefined, 0]
    do {
      const { entries, next } = page({ account: accountId(1), types: ['AllSessionsRevoked'], place })
      if (next !== null) expect((place?.beyond ?? lines.length + 1) - next.beyond).toBe(1_000)
      found.push(...entries)
      place = next ?? undefined
      pages += 1
    } while (place !== undefined)
    expect(found.map(({ type }) => type)).toEqual(['AllSessionsRevoked'])
    expect(pages).toBe(3)
    db.close()
  })

  test('never gives more than a hundred entries, and fifty if nobody says how many', () => {
    const steps = Array.from({ length: 150 }, () => step('enabled'))
    expect(trail(steps, {})).toHaveLength(50)
    expect(trail(steps, { limit: 1_000 })).toHaveLength(100)
  })
})
