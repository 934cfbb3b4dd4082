import { describe, expect, test } from 'vitest'
import { type Failure, withRetries } from '../../../application/following/with-retries.ts'

const failing = (times: number) => {
  let left = times
  return async () => {
    if (left-- > 0) throw new Error('not yet')
    return 'done'
  }
}

const run = async (times: number, retries: number, abortAfter = Number.POSITIVE_INFINITY) => {
  const pauses: number[] = []
  const failures: Failure[] = []
  const stopping = new AbortController()
  const outcome = await withRetries({
    work: failing(times),
    retries,
    onFailure: (failure) => failures.push(failure),
    pause: async (ms) => {
      pauses.push(ms)
      if (pauses.length === abortAfter) stopping.abort()
    },
    signal: stopping.signal,
  }).catch((error: Error) => error.message)
  return { outcome, pauses, attempts: failures.map(({ attempt }) => attempt) }
}

describe('work that fails', () => {
  test('is repeated after a second, which doubles up to a minute', async () => {
    const seconds = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    expect(await run(10, 10)).toEqual({
      outcome: { value: 'done' },
      pauses: seconds.map((s) => s * 1_000),
      attempts: seconds.map((_, n) => n + 1),
    })
  })

  test('is given up after the last repetition', async () => {
    expect(await run(11, 10)).toMatchObject({ outcome: 'not yet', pauses: { length: 10 } })
    expect(await run(1, 0)).toMatchObject({ outcome: 'not yet', pauses: [] })
  })

  test('ends during a pause when it is aborted', async () => {
    expect(await run(5, 10, 3)).toEqual({ outcome: undefined, pauses: [1_000, 2_000, 4_000], attempts: [1, 2, 3] })
  })
})
