import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Dependencies } from '../../../application/dependencies.ts'
import { refusedAttempts } from '../../../application/log-in/refused-attempts.ts'
import { loginStream } from '../../../domain/kernel/streams.ts'
import { blindIndex } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { typesOf, wholeLog } from '../../support/world/log.ts'
import { refusalOf, succeed } from '../../support/world/outcomes.ts'
import { address, guess, loggingIn, loginStreamOf, registering } from '../../support/world/people.ts'
import { crashingBefore, goneAway } from '../../support/world/stores.ts'
import { openHouse } from '../../support/world.ts'

describe('attempts that meet a lock', () => {
  test('are recorded folded, one event a name and window, with how many and from when to when', async () => {
    const house = await openHouse()
    await guess(house, 5)
    for (const seconds of [10, 20, 30]) {
      house.clock.set(later(seconds * 1000))
      for (let n = 0; n < 10; n++) expect(await refusalOf(loggingIn(house))).toMatchObject({ type: 'locked_out' })
    }
    await house.recordRefusals()
    const folded = (await wholeLog(house)).filter(({ type }) => type === 'LoginAttemptsRefused')
    expect(folded.map(({ stream, data, metadata }) => ({ stream, data, actor: metadata.actor }))).toEqual([
      {
        stream: loginStreamOf(house),
        data: { count: 30, from: '2026-06-01T12:00:10.000Z', to: '2026-06-01T12:00:30.000Z' },
        actor: 'system',
      },
    ])
  })

  test('are counted anew in the next window, and a quiet window records nothing', async () => {
    const house = await openHouse()
    await guess(house, 8)
    await house.recordRefusals()
    await house.recordRefusals()
    await guess(house, 2)
    await house.recordRefusals()
    const counts = (await wholeLog(house)).filter(({ type }) => type === 'LoginAttemptsRefused').map(({ data }) => data)
    expect(counts).toMatchObject([{ count: 3 }, { count: 2 }])
  })

  test('neither prolong the lock nor lift it', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await guess(house, 8)
    await house.recordRefusals()
    expect(await refusalOf(loggingIn(house))).toEqual({ type: 'locked_out', until: later(60_000) })
    house.clock.set(later(60_000))
    await succeed(loggingIn(house))
  })

  test('are folded for each name by itself', async () => {
    const house = await openHouse()
    await guess(house, 7)
    await guess(house, 6, address('nobody'))
    await house.recordRefusals()
    for (const stream of [loginStreamOf(house), loginStreamOf(house, address('nobody'))]) {
      expect((await typesOf(house, stream)).filter((type) => type === 'LoginAttemptsRefused')).toHaveLength(1)
    }
  })

  test('are remembered for ten thousand names a window, however many there are', async () => {
    const { deps } = await openHouse()
    const recorded: string[] = []
    const handle: Dependencies['handle'] = (_, stream) => async () => {
      recorded.push(stream)
      return left(goneAway)
    }
    const { note, record } = refusedAttempts({ ...deps, handle })
    for (let n = 0; n < 10_100; n++) note(blindIndex(n), later(n))
    await record()
    expect(recorded).toHaveLength(10_000)
    expect(recorded[0]).toBe(loginStream(blindIndex(0)))
  })

  test('of one name are still recorded when those of another cannot be', async () => {
    const house = await openHouse()
    const node = await house.restart({
      store: (store) => ({
        ...store,
        append: (stream, ...what) =>
          (stream === loginStreamOf(house) ? crashingBefore('LoginAttemptsRefused')(store) : store).append(stream, ...what),
      }),
    })
    await guess(node, 6)
    await guess(node, 6, address('nobody'))
    await node.recordRefusals()
    expect(await typesOf(house, loginStreamOf(house))).not.toContain('LoginAttemptsRefused')
    expect(await typesOf(house, loginStreamOf(house, address('nobody')))).toContain('LoginAttemptsRefused')
  })
})
