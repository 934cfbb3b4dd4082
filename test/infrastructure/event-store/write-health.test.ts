import { left, right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { clockJumped } from '../../../infrastructure/event-store/refuse-appends.ts'
import { writeHealth } from '../../../infrastructure/event-store/write-health.ts'
import { newEvents, newStream } from '../../contract/event-store/support.ts'

const full: StoreFailure = { type: 'unavailable', detail: 'the log failed: SQLITE_FULL' }

const failing = () => {
  const at = { elapsed: 0 }
  const memory = memoryEventStore()
  let failure: StoreFailure | null = null
  const store = {
    ...memory,
    append: (...args: Parameters<typeof memory.append>) => (failure ? async () => left(failure as StoreFailure) : memory.append(...args)),
  }
  const told: string[] = []
  const health = writeHealth(store, {
    onFailure: (detail) => told.push(detail),
    onRecovery: () => told.push('recovered'),
    probe: async () => (failure ? left(failure) : right(undefined)),
    elapsed: () => at.elapsed,
  })
  return {
    at,
    told,
    health,
    append: () => health.store.append(newStream(), 'no_stream', newEvents(1))(),
    fail: (with_: StoreFailure | null) => {
      failure = with_
    },
  }
}

test('a store that cannot be written is told once a minute, and is failing until a write succeeds', async () => {
  const { at, told, health, append, fail } = failing()
  fail(full)
  for (let n = 0; n < 100; n++) await append()
  expect(told).toEqual([full.detail])
  expect(await health.isFailing()).toBe(true)
  at.elapsed += 60_000
  await append()
  expect(told).toEqual([full.detail, full.detail])
  fail(null)
  await append()
  expect(await health.isFailing()).toBe(false)
  expect(told.at(-1)).toBe('recovered')
})

test('without traffic a probe finds out, not before five seconds have passed', async () => {
  const { at, health, append, fail } = failing()
  fail(full)
  await append()
  at.elapsed += 5_000
  expect(await health.isFailing()).toBe(true)
  fail(null)
  expect(await health.isFailing()).toBe(true)
  at.elapsed += 5_000
  expect(await health.isFailing()).toBe(false)
})

test('a conflict, and a clock that jumped, are no fault of the store', async () => {
  const { told, health, append, fail } = failing()
  fail({ type: 'conflict', stream: 'x-1' })
  await append()
  fail(clockJumped)
  await append()
  expect([told, await health.isFailing()]).toEqual([[], false])
})
