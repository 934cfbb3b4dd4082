import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { type ReplayOptions, replay } from '../../cli/replay/replay.ts'
import { readAccount, readTime, readType } from '../../cli/replay/replay-filter.ts'
import { linesOf } from '../projections/support/any-history.ts'
import { embeddedLog } from '../projections/support/embedded-log.ts'

const history = linesOf([
  { verb: 'attempted', account: 1, session: 0, back: 0, wait: 0 },
  { verb: 'rejected', account: 1, session: 0, back: 0, wait: 0 },
  { verb: 'grant', account: 2, session: 0, back: 0, wait: 0 },
])

type Recorded = { readonly type: string; readonly stream: string; readonly position: number; readonly recordedAt: string }

const replayed = async (options: ReplayOptions): Promise<readonly Recorded[]> => {
  const { db, recordOnly } = embeddedLog()
  recordOnly(...history)
  const out = new PassThrough()
  const all = text(out)
  await replay(db, { json: true, ...options }, out)
  out.end()
  db.close()
  return (await all).split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

const id = (stream: string) => stream.slice(stream.indexOf('-') + 1)

describe('replay shows', () => {
  test('events of the types that are asked for', async () => {
    expect((await replayed({ type: ['PasswordRejected', 'SessionGranted'] })).map(({ type }) => type)).toEqual([
      'PasswordRejected',
      'SessionGranted',
    ])
  })

  test('what concerns one account: its streams, its logins and its sessions, wherever it starts', async () => {
    const all = await replayed({})
    const account = id(all.find(({ stream }) => stream.startsWith('account-') && stream.endsWith('1'))?.stream ?? '')
    const own = await replayed({ account })
    expect(own.map(({ type }) => type)).toContain('PasswordRejected')
    expect(own.map(({ type }) => type)).not.toContain('SessionGranted')
    const last = own.at(-1)?.position ?? 0
    expect(await replayed({ account, from: last })).toEqual([own.at(-1)])
  })

  test('what was recorded in a time, its ends included', async () => {
    const all = await replayed({})
    const at = all[1]?.recordedAt ?? ''
    expect(await replayed({ since: at })).toEqual(all.filter(({ recordedAt }) => recordedAt >= at))
    expect(await replayed({ to: at })).toEqual(all.filter(({ recordedAt }) => recordedAt <= at))
    expect(await replayed({ since: '2999-01-01T00:00:00.000Z' })).toEqual([])
  })
})

test('replay that follows shows what is recorded later, and ends with its time', async () => {
  const { db, recordOnly } = embeddedLog()
  recordOnly(...history.slice(0, 2))
  let said = ''
  const out = new Writable({
    write: (chunk: Buffer, _, done) => {
      said += chunk
      done()
    },
  })
  const to = new Date(Date.now() + 3_000).toISOString()
  const following = replay(db, { json: true, follow: true, to }, out)
  while (said.trim().split('\n').length < 2) await pause(10)
  recordOnly(...history.slice(2))
  await following
  db.close()
  expect(said.trim().split('\n')).toHaveLength(history.length)
})

describe('an option', () => {
  test.each(['yesterday', '2026-13-01', '5', '5y', '2026-06-01T25:00:00Z', ''])('refuses %j as a time', (time) => {
    expect(() => readTime(time)).toThrow('expected a time')
  })

  test('reads dates, instants and durations', () => {
    expect(readTime('2026-06-01')).toBe('2026-06-01T00:00:00.000Z')
    expect(readTime('2026-06-01T12:00:00+02:00')).toBe('2026-06-01T10:00:00.000Z')
    expect(Date.now() - Date.parse(readTime('2h'))).toBeGreaterThanOrEqual(7_200_000)
  })

  test('refuses a type that no event has, and what is no id', () => {
    expect(() => readType('LoginLockd')).toThrow('expected the type')
    expect(() => readAccount('ada@example.org')).toThrow('expected the id')
  })
})
