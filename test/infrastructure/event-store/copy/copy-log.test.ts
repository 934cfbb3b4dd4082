import fc from 'fast-check'
import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { copyLog } from '../../../../infrastructure/event-store/copy/copy-log.ts'
import type { CopyTarget } from '../../../../infrastructure/event-store/copy/copyable-log.ts'
import { verifyCopy } from '../../../../infrastructure/event-store/copy/verify-copy.ts'
import { failureOf, got, newEvents, newStream } from '../../../contract/event-store/support.ts'
import { everyEvent } from '../../../support/server/recorded-log.ts'
import { openStore } from '../eventstoredb/eventstoredb-for-test.ts'
import { anyLog, type WrittenLog, writtenLog } from './any-log.ts'
import { withoutPlace } from './copies.ts'
import { aLog, appending, copyTest, emptyStore } from './support.ts'

const expectCopied = async (from: WrittenLog, to: CopyTarget) => {
  expect((await everyEvent(to)).map(withoutPlace)).toEqual(from.events.map(withoutPlace))
  expect((await got(to.deletedKeyStreams())).toSorted()).toEqual(from.deleted.toSorted())
  expect(await verifyCopy({ from, to })).toMatchObject({ right: { events: from.events.length } })
}

const brokenOff = { type: 'unavailable', detail: 'broken off' } as const

describe('a copy', () => {
  copyTest('has the same events in the same order, and the same names are dead', async ({ to }) => {
    const { from } = aLog()
    expect(await copyLog({ from, to })).toMatchObject({ right: { found: 0, standing: { events: 9 } } })
    await expectCopied(from, to)
  })

  copyTest('of a log of many pages is whole', async ({ to }) => {
    const from = writtenLog()
    const streams = Array.from({ length: 9 }, newStream)
    for (let n = 0; n < 400; n++) from.append(streams[n % 9] ?? '', 1 + (n % 5))
    const seen: number[] = []
    expect(await copyLog({ from, to, progress: ({ events }) => seen.push(events) })).toMatchObject({
      right: { standing: { events: 1_200 } },
    })
    expect(seen).toEqual([512, 1_024, 1_200])
    await expectCopied(from, to)
  })

  copyTest('is made again without a single write', async ({ to, log }) => {
    const { from } = aLog()
    await copyLog({ from, to })
    const before = log.all.length
    expect(await copyLog({ from, to })).toMatchObject({ right: { found: 9, standing: { events: 9 } } })
    expect(log.all).toHaveLength(before)
  })

  copyTest('goes on where the source went on', async ({ to }) => {
    const { from, account } = aLog()
    await copyLog({ from, to })
    from.append(account, 4)
    expect(await copyLog({ from, to })).toMatchObject({ right: { found: 9, standing: { events: 13 } } })
    await expectCopied(from, to)
  })

  copyTest('forgets whom the source has erased since', async ({ to }) => {
    const { from, account, key } = aLog()
    await copyLog({ from, to })
    from.shred(key)
    from.append(account)
    expect(await verifyCopy({ from, to })).toEqual(left({ type: 'incomplete', events: 8 }))
    expect(await copyLog({ from, to })).toMatchObject({ right: { found: 8, standing: { events: 9 } } })
    await expectCopied(from, to)
    expect((await failureOf(to.append(key, 'no_stream', newEvents(1)))).type).toBe('stream_deleted')
  })

  copyTest('can be written to at every stream, at the revision that is read there', async ({ to, url }) => {
    const { from, account, login, key, dead } = aLog()
    await copyLog({ from, to })
    const store = await openStore(url)
    for (const stream of [account, login, key]) {
      const last = (await got(store.read(stream))).at(-1)?.revision ?? -1
      expect((await got(to.append(stream, last, newEvents(1)))).revision).toBe(last + 1)
    }
    expect((await got(store.read(account))).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5])
    expect((await got(store.read(key))).map(({ revision }) => revision)).toEqual([1])
    expect((await failureOf(to.append(dead, 'no_stream', newEvents(1)))).type).toBe('stream_deleted')
    await store.close()
  })

  test('of any log is the same, however often it was broken off before or after a commit', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLog,
        fc.array(fc.record({ after: fc.nat({ max: 6 }), committed: fc.boolean() }), { maxLength: 4 }),
        async (from, breaks) => {
          const { to, dispose } = await emptyStore()
          for (const { after, committed } of breaks) {
            const breaking = appending(to, (append, call) => (stream, expected, events) => async () => {
              if (call >= after && committed) await append(stream, expected, events)()
              return call < after ? append(stream, expected, events)() : left(brokenOff)
            })
            const outcome = await copyLog({ from, to: breaking })
            if (outcome._tag === 'Left') expect(outcome.left).toEqual({ type: 'target_failed', failure: brokenOff })
          }
          expect(await copyLog({ from, to })).toMatchObject({ _tag: 'Right' })
          await expectCopied(from, to)
          await dispose()
        },
      ),
      { numRuns: Number(process.env.COPY_RUNS ?? 15) },
    )
  })

  copyTest('takes what an earlier run had sent and the store committed only now', async ({ to }) => {
    const { from } = aLog()
    const late = appending(to, (append, call) => (stream, expected, events) => async () => {
      if (call === 0) await append(stream, expected, events.slice(0, 1))()
      return append(stream, expected, events)()
    })
    expect(await copyLog({ from, to: late })).toMatchObject({ _tag: 'Right' })
    await expectCopied(from, to)
  })

  copyTest('by two at once is one copy', async ({ to }) => {
    const { from } = aLog()
    await Promise.all([copyLog({ from, to }), copyLog({ from, to })])
    await copyLog({ from, to })
    await expectCopied(from, to)
  })
})
