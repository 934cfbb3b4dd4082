import { describe, expect, test } from 'vitest'
import type { CommittedEvent } from '../../../application/following/committed-events.ts'
import { type FeedOptions, openFeed } from '../../../application/following/feed.ts'
import type { PublicEvent } from '../../../application/following/public-event.ts'
import { CannotOpenNow } from '../../../application/following/publish-event.ts'
import type { CommitObserver } from '../../../application/ports/commit-observer.ts'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const turns = async (count = 20) => {
  for (let n = 0; n < count; n++) await turn()
}

const recorded = (position: number) => ({ position, eventId: `id ${position}`, type: 'AccountErased' }) as RecordedEvent

/** A log of events at 1, 2, 3 and so on, that is readable up to one place and confirmed up to another. */
const aFeed = () => {
  const world = { readable: 0, confirmed: 0, known: true, fails: [] as Error[] }
  const observers = new Set<CommitObserver>()
  const faults: unknown[] = []
  const pages: number[] = []
  const feed = openFeed({
    observeCommits: (observer) => {
      observers.add(observer)
      return () => void observers.delete(observer)
    },
    reach: { isKnown: () => world.known, through: () => world.confirmed, readable: () => world.readable },
    committed: {
      page: ({ after, through, limit, isWanted }) => {
        pages.push(after)
        const last = Math.min(through, after + limit)
        const all = Array.from({ length: last - after }, (_, n) => recorded(after + n + 1))
        return {
          events: all.filter(({ type }) => isWanted(type)).map((one) => ({ account: null, recorded: one })),
          count: all.length,
          through: last,
        }
      },
      idAt: (position) => (position <= world.readable ? `id ${position}` : undefined),
    },
    publish: async ({ recorded: { eventId } }: CommittedEvent) => {
      const failure = world.fails.shift()
      if (failure !== undefined) throw failure
      return { id: eventId } as PublicEvent
    },
    pause: turn,
    yieldTurn: turn,
    onFault: (error) => faults.push(error),
  })
  const commit = (readable: number, confirmed = readable) => {
    Object.assign(world, { readable, confirmed })
    for (const { observe } of observers) observe([])
  }
  const stopping = new AbortController()
  const run = (from: FeedOptions['from'], types?: readonly string[]) => {
    const ids: string[] = []
    const done = (async () => {
      for await (const { event } of feed.steps({ from, types: types && new Set(types), signal: stopping.signal }))
        if (event) ids.push(event.id)
    })()
    return { ids, done }
  }
  return { world, faults, pages, commit, run, feed, observers, stop: () => stopping.abort() }
}

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `id ${from + n}`)

describe('a feed', () => {
  test('hands out nothing that may still be lost', async () => {
    const { commit, run, stop } = aFeed()
    const follower = run({ position: 0 })
    commit(5, 3)
    await turns()
    expect(follower.ids).toEqual(ids(1, 3))
    commit(5, 5)
    await turns()
    expect(follower.ids).toEqual(ids(1, 5))
    stop()
    await follower.done
  })

  test('goes on where it was after a read model was emptied and filled again', async () => {
    const { commit, run, stop } = aFeed()
    const follower = run({ position: 0 })
    for (const end of [5, 0, 2, 7]) {
      commit(end)
      await turns()
    }
    expect(follower.ids).toEqual(ids(1, 7))
    stop()
    await follower.done
  })

  test('begins once the end of the log is known', async () => {
    const { world, commit, run, stop } = aFeed()
    world.known = false
    commit(3)
    const [now, given] = [run({ position: 'now' }), run({ position: 1 })]
    await turns()
    world.known = true
    commit(5)
    await turns()
    commit(6)
    await turns()
    expect([now.ids, given.ids]).toEqual([ids(6, 6), ids(2, 6)])
    stop()
    await Promise.all([now.done, given.done])
  })

  test('refuses a start of another log', async () => {
    const { commit, run } = aFeed()
    commit(3)
    await expect(run({ position: 4 }).done).rejects.toThrow('not of this log')
    await expect(run({ position: 3, handled: { position: 2, id: 'another' } }).done).rejects.toThrow('not of this log')
  })

  test('waits for a key that cannot be read, and ends at an event that cannot', async () => {
    const { world, commit, run, faults, stop } = aFeed()
    const cannot = new CannotOpenNow('no key')
    world.fails = [cannot, cannot]
    const follower = run({ position: 0 })
    commit(2)
    await turns()
    expect([follower.ids, faults]).toEqual([ids(1, 2), [cannot, cannot]])
    const ended = expect(follower.done).rejects.toThrow('unreadable')
    world.fails = [new Error('unreadable')]
    commit(3)
    await ended
    stop()
  })

  test('reads page by page, no further than was taken', async () => {
    const { commit, feed, pages } = aFeed()
    commit(1_000)
    const steps = feed.steps({ from: { position: 0 }, types: undefined, signal: new AbortController().signal })
    for (let n = 0; n < 200; n++) await steps.next()
    await turns()
    expect(pages).toEqual([0])
    await steps.next()
    await steps.next()
    expect(pages).toEqual([0, 200])
    await steps.return()
  })

  test('skips what nobody wants without opening it, and observes no more once it is stopped', async () => {
    const { world, commit, run, feed, observers, stop } = aFeed()
    world.fails = [new Error('opened')]
    const follower = run({ position: 0 }, ['RoleGranted'])
    commit(500)
    await turns()
    stop()
    await follower.done
    expect([follower.ids, world.fails.length]).toEqual([[], 1])
    feed.stop()
    expect(observers.size).toBe(0)
  })
})
