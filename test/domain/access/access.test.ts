import { describe, expect, test } from 'vitest'
import { access, type Command } from '../../../domain/access/decider.ts'
import { AccessSummarized, AuthorizationRefused, DataExported, DataRead } from '../../../domain/access/events.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const reading = { sessionId: sessionId(1), what: 'account', subject: accountId(2), at: noon } as const
type Reading = Parameters<typeof DataRead>[0]

const read = (change: Partial<Reading> = {}): Command => ({ type: 'read', ...reading, ...change })
const wasRead = (change: Partial<Reading> = {}) => DataRead({ ...reading, ...change })

describe('reading the data of others', () => {
  test('is recorded', () => given(access).when(read()).then(wasRead()))
  test('is recorded for lists of everybody', () =>
    given(access)
      .when(read({ what: 'accounts', subject: null }))
      .then(wasRead({ what: 'accounts', subject: null })))
  test('again within a minute adds nothing', () =>
    given(access, [wasRead()])
      .when(read({ at: later(59_999) }))
      .thenNothing())
  test('again after a minute is recorded again', () =>
    given(access, [wasRead()])
      .when(read({ at: later(60_000) }))
      .then(wasRead({ at: later(60_000) })))
  test.each<Partial<Reading>>([{ sessionId: sessionId(2) }, { what: 'audit' }, { subject: accountId(3) }, { subject: null }])(
    'by another session, or of something else, is recorded by itself: %j',
    (change) => given(access, [wasRead()]).when(read(change)).then(wasRead(change)),
  )
  test('is recorded after a clock that was far ahead is right again', () =>
    given(access, [wasRead({ at: later(1_000_000_000) })])
      .when(read())
      .then(wasRead()))
})

test('what was read is remembered for a minute', () => {
  const second = wasRead({ subject: accountId(3), at: later(60_000) })
  expect([wasRead(), second].reduce(access.evolve, access.initial).recentReads).toEqual([second.data])
})

describe('exporting one’s own data', () => {
  const exporting = (session: number, at = noon): Command => ({ type: 'export', sessionId: sessionId(session), at })
  const exported = DataExported({ sessionId: sessionId(1), at: noon })

  test('is recorded', () => given(access).when(exporting(1)).then(exported))
  test('again within a minute is refused, for other sessions too', () =>
    given(access, [exported])
      .when(exporting(2, later(59_999)))
      .thenRefused({ type: 'exported_recently', until: later(60_000) }))
  test('again after a minute is recorded', () =>
    given(access, [exported])
      .when(exporting(2, later(60_000)))
      .then(DataExported({ sessionId: sessionId(2), at: later(60_000) })))
  test('is refused after a summary too', () =>
    given(access, [AccessSummarized({ recentReads: [], exportedAt: noon, at: later(1) })])
      .when(exporting(1, later(2)))
      .thenRefused({ type: 'exported_recently', until: later(60_000) }))
  test('is possible after a clock that was far ahead is right again', () =>
    given(access, [DataExported({ sessionId: sessionId(1), at: later(1_000_000_000) })])
      .when(exporting(1))
      .then(exported))
  test('changes nothing in what was read', () => given(access, [wasRead(), exported]).when(read()).thenNothing())
})

describe('refused authorization', () => {
  const kind = { code: 'ROLE_REQUIRED', method: 'GET', route: '/api/1/secure/admin', count: 3 } as const
  const refused = { sessionId: sessionId(1), count: 3, refusals: [kind], from: noon, to: later(5), at: later(9) }
  const twelve = { ...refused, count: 36, refusals: Array.from({ length: 12 }, (_, n) => ({ ...kind, route: `/${n}` })) }

  test('is recorded', () =>
    given(access)
      .when({ type: 'recordRefusals', ...refused })
      .then(AuthorizationRefused(refused)))
  test('lists ten kinds at most, and counts all', () =>
    given(access)
      .when({ type: 'recordRefusals', ...twelve })
      .then(AuthorizationRefused({ ...twelve, refusals: twelve.refusals.slice(0, 10) })))
  test('changes nothing in what was read', () =>
    given(access, [wasRead(), AuthorizationRefused(refused)])
      .when(read())
      .thenNothing())
})
