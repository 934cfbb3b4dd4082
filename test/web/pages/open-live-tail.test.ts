import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLiveTail } from '../../../web/pages/live/open-live-tail.ts'
import { fakePage } from '../client/fake-page.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const opened = () => {
  const { streams } = fakePage()
  const listener = { onState: vi.fn(), onEntry: vi.fn(), onGap: vi.fn() }
  const close = openLiveTail((id) => `/live?after=${id}`, listener)
  const last = () => {
    const stream = streams.at(-1)
    if (stream === undefined) throw new Error('no stream was opened')
    return stream
  }
  return { ...listener, close, streams, last }
}

const entry = (id: string) => new MessageEvent('entry', { lastEventId: id, data: '{}' })
const end = (code: string) => new MessageEvent('end', { data: JSON.stringify({ code }) })

test('a live tail resumes after the last entry when the service ends it', () => {
  const tail = opened()
  tail.last().onopen?.()
  tail.last().dispatchEvent(entry('7'))
  tail.last().dispatchEvent(end('STORE_UNAVAILABLE'))
  vi.advanceTimersByTime(5_000)
  tail.last().onopen?.()
  expect(tail.streams.map(({ url }) => url)).toEqual(['/live?after=null', '/live?after=7'])
  expect([tail.onEntry.mock.calls.length, tail.onGap.mock.calls.length]).toEqual([1, 1])
})

test('a live tail whose place is refused begins anew, ever more slowly, and has the list loaded', () => {
  const tail = opened()
  tail.last().onopen?.()
  tail.last().dispatchEvent(entry('7'))
  for (const wait of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
    const before = tail.streams.length
    tail.last().refuse()
    vi.advanceTimersByTime(wait - 1)
    expect(tail.streams).toHaveLength(before)
    vi.advanceTimersByTime(1)
    expect(tail.last().url).toBe('/live?after=null')
    expect(tail.streams).toHaveLength(before + 1)
  }
  tail.last().onopen?.()
  expect(tail.onGap).toHaveBeenCalledTimes(2)
  tail.last().refuse()
  vi.advanceTimersByTime(5_000)
  expect(tail.streams).toHaveLength(8)
})

test('a live tail ends with the session, and when it is closed', () => {
  const over = opened()
  over.last().dispatchEvent(end('SESSION_REQUIRED'))
  expect(over.onState).toHaveBeenLastCalledWith('ended')
  const closed = opened()
  closed.last().refuse()
  closed.close()
  vi.advanceTimersByTime(600_000)
  expect([over.streams.length, closed.streams.length]).toEqual([1, 1])
})
