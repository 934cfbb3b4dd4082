import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { aggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { putPolicyInForce } from '../../../application/policy/put-policy-in-force.ts'
import { settableClock } from '../../../infrastructure/clock/settable-clock.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { aPolicy, stricter } from '../../support/domain/policies.ts'
import { noon } from '../../support/domain/time.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

const openLog = () => {
  const { now } = settableClock(noon)
  const store = memoryEventStore({ now })
  const events = () => succeed(store.readAll(0, 100))
  /** A process that starts on the log. `told` counts the warnings. */
  const start = async (policies: typeof aPolicy) => {
    const node = { told: 0 }
    const journal = openJournal({ store, newId, aggregates: aggregates(policies) })
    const begun = await putPolicyInForce({ journal, now, newId, onOther: () => node.told++ }, policies)
    if (isLeft(begun)) throw new Error(begun.left.type)
    return Object.assign(node, { observer: begun.right })
  }
  return { store, start, events, types: async () => (await events()).map(({ type }) => type) }
}

describe('the policy that decides', () => {
  test('stands in the log once, however often the service starts', async () => {
    const { start, events } = openLog()
    await start(aPolicy)
    await start(aPolicy)
    expect(await events()).toMatchObject([{ stream: 'policy-all', type: 'PolicyPutInForce', metadata: { actor: 'system' } }])
  })

  test('stands there again after each change', async () => {
    const { start, types } = openLog()
    await start(aPolicy)
    await start(stricter)
    await start(aPolicy)
    expect(await types()).toHaveLength(3)
  })

  test('stands there once when many nodes start at the same moment', async () => {
    const { start, types } = openLog()
    await Promise.all(Array.from({ length: 8 }, () => start(aPolicy)))
    expect(await types()).toEqual(['PolicyPutInForce'])
  })
})

describe('a node', () => {
  test('tells of another policy that another node puts in force later, and of no older or equal one', async () => {
    const { start, events } = openLog()
    await start(stricter)
    const node = await start(aPolicy)
    node.observer.observe(await events())
    expect(node.told).toBe(0)
    await start(stricter)
    node.observer.observe(await events())
    expect(node.told).toBe(1)
    const again = await start(stricter)
    again.observer.observe(await events())
    expect(again.told).toBe(0)
  })
})
