import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { refusedAttempts } from '../../../application/login/refused-attempts.ts'
import type { Ports } from '../../../application/needs.ts'
import { loginStream } from '../../../domain/kernel/streams.ts'
import { blindIndex } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { typesOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { address, guess, loggingIn, loginStreamOf, registering } from '../../support/test-app/people.ts'
import { crashingBefore, goneAway } from '../../support/test-app/stores.ts'
import { openTestApp } from '../../support/test-app.ts'

describe('attempts that meet a lock', () => {
  test('are recorded folded, one event a name and window, with how many and from when to when', async () => {
    const app = await openTestApp()
    await guess(app, 5)
    for (const seconds of [10, 20, 30]) {
      app.clock.set(later(seconds * 1000))
      for (let n = 0; n < 10; n++) expect(await refusalOf(loggingIn(app))).toMatchObject({ type: 'locked_out' })
    }
    await app.recordRefusals()
    const folded = (await wholeLog(app)).filter(({ type }) => type === 'LoginAttemptsRefused')
    expect(folded.map(({ stream, data, metadata }) => ({ stream, data, actor: metadata.actor }))).toEqual([
      {
        stream: loginStreamOf(app),
        data: { count: 30, from: '2026-06-01T12:00:10.000Z', to: '2026-06-01T12:00:30.000Z' },
        actor: 'system',
      },
    ])
  })

  test('are counted anew in the next window, and a quiet window records nothing', async () => {
    const app = await openTestApp()
    await guess(app, 8)
    await app.recordRefusals()
    await app.recordRefusals()
    await guess(app, 2)
    await app.recordRefusals()
    const counts = (await wholeLog(app)).filter(({ type }) => type === 'LoginAttemptsRefused').map(({ data }) => data)
    expect(counts).toMatchObject([{ count: 3 }, { count: 2 }])
  })

  test('neither prolong the lock nor lift it', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await guess(app, 8)
    await app.recordRefusals()
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'locked_out', until: later(60_000) })
    app.clock.set(later(60_000))
    await succeed(loggingIn(app))
  })

  test('are folded for each name by itself', async () => {
    const app = await openTestApp()
    await guess(app, 7)
    await guess(app, 6, address('nobody'))
    await app.recordRefusals()
    for (const stream of [loginStreamOf(app), loginStreamOf(app, address('nobody'))]) {
      expect((await typesOf(app, stream)).filter((type) => type === 'LoginAttemptsRefused')).toHaveLength(1)
    }
  })

  test('are remembered for ten thousand names a window, however many there are', async () => {
    const { deps } = await openTestApp()
    const recorded: string[] = []
    const decide: Ports['journal']['decide'] =
      ({ name }) =>
      async () => {
        recorded.push(name)
        return left(goneAway)
      }
    const { count, record } = refusedAttempts({ decide, newId: deps.journal.newId })
    for (let n = 0; n < 10_100; n++) count(blindIndex(n), later(n))
    await record()
    expect(recorded).toHaveLength(10_000)
    expect(recorded[0]).toBe(loginStream(blindIndex(0)))
  })

  test('of one name are still recorded when those of another cannot be', async () => {
    const app = await openTestApp()
    const node = await app.restart({
      store: (store) => ({
        ...store,
        append: (stream, ...what) =>
          (stream === loginStreamOf(app) ? crashingBefore('LoginAttemptsRefused')(store) : store).append(stream, ...what),
      }),
    })
    await guess(node, 6)
    await guess(node, 6, address('nobody'))
    await node.recordRefusals()
    expect(await typesOf(app, loginStreamOf(app))).not.toContain('LoginAttemptsRefused')
    expect(await typesOf(app, loginStreamOf(app, address('nobody')))).toContain('LoginAttemptsRefused')
  })
})
