import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { counting } from '../../support/test-app/stores.ts'
import { node, typesIn } from './support.ts'

describe('what the journal remembers', () => {
  /** Two nodes on one log; the calls of the first are counted. */
  const two = () => {
    const log = memoryEventStore()
    const { counts, store } = counting(log)
    return { counts, one: node(store), other: node(log), log }
  }

  test('is good for an append without a question before it', async () => {
    const { counts, one } = two()
    await succeed(one.claim(1))
    await succeed(one.release(1))
    await succeed(one.claim(2))
    expect(counts).toEqual({ reads: 1, appends: 3 })
  })

  test('is good for nothing else: what leaves no event is answered from the log', async () => {
    const { counts, one } = two()
    await succeed(one.claim(1))
    await succeed(one.claim(1))
    expect(await refusalOf(one.claim(2))).toEqual({ type: 'email_taken' })
    expect(counts).toEqual({ reads: 3, appends: 1 })
  })

  test('costs an append that conflicts where it was old', async () => {
    const { counts, one, other } = two()
    await succeed(one.claim(1))
    await succeed(other.release(1))
    await succeed(other.claim(2))
    expect((await succeed(one.release(1))).events).toEqual([])
    expect(counts).toEqual({ reads: 2, appends: 2 })
  })

  test('is asked after first where newer events were seen', async () => {
    const { counts, one, other, log } = two()
    await succeed(one.claim(1))
    await succeed(other.release(1))
    await succeed(other.claim(2))
    one.observeAll(await succeed(log.readAll(0, 10)))
    expect((await succeed(one.release(1))).events).toEqual([])
    expect(counts).toEqual({ reads: 2, appends: 1 })
  })

  test('stays valid for events that it holds', async () => {
    const { counts, one, log } = two()
    await succeed(one.claim(1))
    one.observeAll(await succeed(log.readAll(0, 10)))
    await succeed(one.release(1))
    expect(counts).toEqual({ reads: 1, appends: 2 })
  })

  test('of a stream that is begun is that there is none', async () => {
    const { counts, one } = two()
    expect(await succeed(one.begin(1))).toMatchObject({ revision: 0 })
    expect(counts).toEqual({ reads: 0, appends: 1 })
  })

  test('of a stream that was begun already is not believed', async () => {
    const { one, other } = two()
    await succeed(other.claim(1))
    expect(await refusalOf(one.begin(2))).toEqual({ type: 'email_taken' })
    expect((await succeed(one.begin(1))).events).toEqual([])
  })

  const plainly = { claim: 'claim', release: 'release', begin: 'claim' } as const

  const anyStep = fc.record({
    by: fc.nat({ max: 2 }),
    what: fc.constantFrom('claim', 'release', 'begin'),
    who: fc.nat({ max: 2 }),
    /** The nodes that receive the events so far. */
    told: fc.subarray([0, 1, 2]),
  } as const)

  test('changes no outcome, whichever node does what and whatever it was told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), async (steps) => {
        const [log, twin] = [memoryEventStore(), memoryEventStore()]
        const nodes = [node(log), node(log), node(log)] as const
        for (const { by, what, who, told } of steps) {
          const remembering = await (nodes[by] ?? nodes[0])[what](who)()
          expect(remembering).toEqual(await node(twin)[plainly[what]](who)())
          const events = await succeed(log.readAll(0, 100))
          for (const one of told) nodes[one]?.observeAll(events)
        }
        expect(await typesIn(log)).toEqual(await typesIn(twin))
      }),
    )
  })
})
