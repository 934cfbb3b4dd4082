import { expect, test } from 'vitest'
import { backoff } from '../../../infrastructure/clock/backoff.ts'
import { monotonic } from '../../../infrastructure/clock/monotone-clock.ts'

const duration = async (work: () => Promise<unknown>) => {
  const start = monotonic()
  await work()
  return monotonic() - start
}

test('pauses, but never beyond the deadline', async () => {
  const { pause } = backoff({ firstMs: 20, longestMs: 40, deadline: monotonic() + 200 })
  const start = monotonic()
  let pauses = 0
  while (await pause()) pauses += 1
  expect(pauses).toBeGreaterThan(0)
  expect(monotonic() - start).toBeGreaterThanOrEqual(100)
})

test('does not start a pause after the deadline', async () => {
  const { pause } = backoff({ firstMs: 60_000, longestMs: 60_000, deadline: monotonic() })
  expect(await duration(async () => expect(await pause()).toBe(false))).toBeLessThan(1_000)
})

test('is never longer than the longest pause, however many failures there were', async () => {
  const { pause } = backoff({ firstMs: 1, longestMs: 2 })
  expect(
    await duration(async () => {
      for (let failures = 0; failures < 2_000; failures++) await Promise.race([pause(), null])
      expect(await pause()).toBe(true)
    }),
  ).toBeLessThan(10_000)
})

test('ends a pause early when the signal is aborted', async () => {
  const closing = new AbortController()
  const { pause } = backoff({ firstMs: 2 ** 30, longestMs: 2 ** 30, signal: closing.signal })
  setTimeout(() => closing.abort(), 10)
  expect(await duration(pause)).toBeLessThan(10_000)
})

test('starts over after a reset', async () => {
  const { pause, reset } = backoff({ firstMs: 1, longestMs: 2 ** 30, deadline: monotonic() + 5_000 })
  for (let failures = 0; failures < 30; failures++) void pause()
  reset()
  expect(await pause()).toBe(true)
})
