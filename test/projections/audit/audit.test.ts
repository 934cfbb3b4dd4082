import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import type { AuditFilter } from '../../../projections/audit/audit-conditions.ts'
import { auditQueries } from '../../../projections/audit/audit-queries.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { accountId, blindIndex } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { anyHistory, linesOf, type Step } from '../support/any-history.ts'
import { embeddedLog, type Line, storedForm } from '../support/embedded-log.ts'
import { networkOf } from '../support/scene-events.ts'

const step = (verb: Step['verb'], account = 1, wait = 0): Step => ({ verb, account, session: 0, back: 0, wait })

const trail = (steps: readonly Step[], filter: AuditFilter) => {
  const { db, commit } = embeddedLog()
  commit(...linesOf(steps))
  const { entries } = auditQueries(db, localLog(db)).page(filter)
  db.close()
  return entries
}
const types = (steps: readonly Step[], filter: AuditFilter) => trail(steps, filter).map(({ type }) => type)

const everyPage = (lines: readonly Line[], filter: AuditFilter, limit: number, rowsAtMost?: number) => {
  const { db, commit } = embeddedLog()
  if (lines.length > 0) commit(...lines)
  const { page } = auditQueries(db, localLog(db), rowsAtMost)
  const pages = []
  for (let before: number | undefined; ; ) {
    const { entries, next } = page({ ...filter, limit, before })
    pages.push(entries)
    if (next === null) break
    before = next
  }
  db.close()
  return pages
}

/** The query plan of a page. */
const planOf = (filter: AuditFilter) => {
  const { db } = embeddedLog()
  const prepared: string[] = []
  const prepare = db.prepare.bind(db)
  const log = localLog(db)
  const { page } = auditQueries(Object.assign(db, { prepare: (sql: string) => prepared.push(sql) && prepare(sql) }) as Database, log)
  page(filter)
  const names = ['account', 'actor', 'network', 'type', 'from', 'to', 'low', 'high', 'limit']
  const parameters = Object.fromEntries(names.map((name) => [name, null]))
  const steps = prepare(`EXPLAIN QUERY PLAN ${prepared.at(-1)}`).all(parameters) as { readonly detail: string }[]
  db.close()
  return steps.map(({ detail }) => detail)
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
    expect(types([...steps, ...others], { account: accountId(1) })).toEqual([...all, 'AccountRegistered'])
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
    const words = (type: string) => `Details erased: nobody had the address or key (${type})`
    const after = before.map((entry) =>
      entry.type === 'LoginSummarized' ? entry : { ...entry, summary: words(entry.type), ipAddress: null },
    )
    expect(page({ limit: 4 }).entries).toEqual(after)
    expect(page({ type: 'LoginAttempted' }).entries).toHaveLength(2)
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
    expect(types([step('wrapped')], {})).toEqual(['AccountRegistered', 'AccountRegistered', 'AccountRegistered'])
  })

  test.each(['nobody', "' OR 1", accountId(9)])('is empty for an account that never was: %s', (account) => {
    expect(types([step('grant')], { account })).toEqual([])
  })

  const filters: fc.Arbitrary<AuditFilter> = fc.record(
    {
      account: fc.constantFrom(accountId(1), accountId(2)),
      actor: fc.constantFrom(accountId(1), 'anonymous', 'system'),
      network: fc.constantFrom(networkOf(0), networkOf(1), networkOf(2), blindIndex(1)),
      type: fc.constantFrom('AccountRegistered', 'SessionGranted', 'AllSessionsRevoked', 'LoginAttemptsRefused'),
      from: fc.integer({ min: -10_000, max: 400_000 }).map(later),
      to: fc.integer({ min: -10_000, max: 400_000 }).map(later),
    },
    { requiredKeys: [] },
  )

  test('under any filter and any size of page is what the whole trail holds of it, newest first, nothing twice', () => {
    fc.assert(
      fc.property(anyHistory, filters, fc.integer({ min: 1, max: 7 }), (lines, filter, limit) => {
        const all = everyPage(lines, {}, 100).flat()
        const { account, actor, network, type, from, to } = filter
        const networks = lines.map(({ event }) => (storedForm(event).data as { readonly networkIndex?: string }).networkIndex)
        const expected = all.filter(
          (entry) =>
            (account === undefined || entry.account === account) &&
            (actor === undefined || entry.actor === actor) &&
            (network === undefined || networks[entry.position - 1] === network) &&
            (type === undefined || entry.type === type) &&
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

  const [account, actor, network, type] = [accountId(1), accountId(2), networkOf(0), 'SessionGranted']
  test.each<[string, AuditFilter]>([
    ['account', { account, actor, network, type }],
    ['actor', { actor, network, type }],
    ['network', { network }],
    ['network', { network, type, actor: 'anonymous' }],
    ['network', { network, actor: 'system', from: noon, to: noon }],
    ['type', { type, actor: 'anonymous' }],
  ])('is searched by the index of the %s for %j, in its order', (column, filter) => {
    const plan = planOf(filter)
    expect(plan[0]).toMatch(new RegExp(`^SEARCH a USING INDEX \\w+ \\(${column}=\\? AND rowid>\\? AND rowid<\\?\\)$`))
    expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  })

  test('finds the days of a long log', () => {
    const day = 86_400_000
    const steps = Array.from({ length: 40 }, () => step('enabled', 1, day / 4))
    const found = trail(steps, { from: later(2 * day), to: later(3 * day), type: 'AccountEnabled' })
    expect(found.map(({ at }) => (at - noon) / day)).toEqual([3, 2.75, 2.5, 2.25, 2])
  })

  test('reads a thousand rows for a page and no more, when nothing in them is asked for', () => {
    const { db, commit } = embeddedLog()
    const lines = linesOf([step('everySession'), ...Array.from({ length: 2_500 }, () => step('enabled'))])
    commit(...lines)
    const { page } = auditQueries(db, localLog(db))
    const found = []
    let [before, pages]: [number | undefined, number] = [undefined, 0]
    do {
      const { entries, next } = page({ account: accountId(1), type: 'AllSessionsRevoked', before })
      if (next !== null) expect((before ?? lines.length + 1) - next).toBe(1_000)
      found.push(...entries)
      before = next ?? undefined
      pages += 1
    } while (before !== undefined)
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
