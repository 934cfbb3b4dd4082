import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mostBytesWaiting } from '../../../api/live/event-stream.ts'
import { accountId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { aHub, day, soon } from './a-hub.ts'

describe('the hub of live streams', () => {
  test('observes commits only while somebody listens, and reads nothing that nobody asked for', async () => {
    const { observers, counts, reading, record, commit, streams } = aHub()
    expect(observers.size).toBe(0)
    const one = reading()
    const two = reading(accountId(2))
    expect([observers.size, streams.count()]).toEqual([1, 2])
    commit(record(accountId(1)), record(accountId(3)))
    commit(record(accountId(2)))
    await soon()
    expect(counts.reads).toBe(1)
    expect([one.read.text, two.read.text]).toEqual(['retry: 2000\nid: @0\n\n1 It happened\n', 'retry: 2000\nid: @0\n\n3 It happened\n'])
    one.body.destroy()
    two.body.destroy()
    await soon()
    expect([observers.size, streams.count()]).toEqual([0, 0])
  })

  test('sends only what was observed, though the read models may be ahead', async () => {
    const { reading, record, commit } = aHub()
    const { read } = reading()
    const [first, second] = [record(accountId(1)), record(accountId(1))]
    commit(first)
    await soon()
    expect(read.text).toMatch(/\n1 It happened\n$/)
    commit(second)
    await soon()
    expect(read.text).toMatch(/\n1 It happened\n2 It happened\n$/)
  })

  test('gives way to other work when much is committed at once, and skips nothing', async () => {
    const { reading, record, commit, counts } = aHub()
    const { read } = reading(accountId(1), { watched: null })
    commit(...Array.from({ length: 1_000 }, () => record(accountId(2))))
    while (!read.text.includes('\n1000 ')) await soon()
    expect(counts.reads).toBeGreaterThanOrEqual(5)
    expect(read.text.match(/It happened/g)).toHaveLength(1_000)
  })

  test('cuts off a reader that does not read, and holds no more than its buffer for it', async () => {
    const { open, reading, record, commit, streams } = aHub()
    const { body: stuck } = open()
    const { read } = reading()
    if ('problem' in stuck) throw new Error(stuck.problem)
    let most = 0
    for (let n = 0; n < 200 && !stuck.destroyed; n++) {
      commit(record(accountId(1), 'x'.repeat(1_000)))
      await soon()
      most = Math.max(most, stuck.readableLength)
    }
    expect(stuck.destroyed).toBe(true)
    expect(most).toBeGreaterThan(mostBytesWaiting / 2)
    expect(most).toBeLessThanOrEqual(mostBytesWaiting)
    expect(streams.count()).toBe(1)
    const before = read.text.length
    commit(record(accountId(1)))
    await soon()
    expect(read.text.length).toBeGreaterThan(before)
  })

  test('resumes after a position, and resets what is too much or of another log', () => {
    const { reading, record } = aHub()
    for (let n = 0; n < 100; n++) record(accountId(1))
    record(accountId(2))
    const textOf = (after: number) => {
      const { body } = reading(accountId(1), { after })
      return String(body.read() ?? '')
    }
    expect(textOf(99)).toBe('retry: 2000\nid: @99\n\n100 It happened\n')
    expect(textOf(101)).toBe('retry: 2000\nid: @101\n\n')
    expect(textOf(0).match(/It happened/g)).toHaveLength(100)
    expect(textOf(102)).toBe('retry: 2000\nid: @101\n\nevent: reset\nid: @101\ndata: {}\n\n')
    record(accountId(1))
    expect(textOf(0)).toBe('retry: 2000\nid: @102\n\nevent: reset\nid: @102\ndata: {}\n\n')
    for (let n = 0; n < 40; n++) record(accountId(1), 'x'.repeat(1_000))
    expect(textOf(102)).toMatch(/event: reset/)
  })

  test('has eight places for an account, 64 for a network, and gives them back', async () => {
    const { open, streams } = aHub()
    const bodies = []
    for (let n = 0; n < 64; n++) bodies.push(open(accountId(1 + Math.floor(n / 8))).body)
    expect(open(accountId(1), { network: '192.0.2.2' }).body).toEqual({ problem: 'RATE_LIMITED', retryAfter: 10 })
    expect(open(accountId(99)).body).toEqual({ problem: 'RATE_LIMITED', retryAfter: 10 })
    expect('problem' in open(accountId(99), { network: '192.0.2.2' }).body).toBe(false)
    expect(streams.count()).toBe(65)
    for (const body of bodies) if (!('problem' in body)) body.destroy()
    await soon()
    expect(streams.count()).toBe(1)
    expect('problem' in open(accountId(1)).body).toBe(false)
  })

  test('ends every stream when it is told to forget, when reading fails, and when it closes', async () => {
    const { reading, record, commit, observers, world, counts, hub, streams, open } = aHub()
    const forgotten = reading()
    for (const { clear } of observers) clear()
    await soon()
    expect(forgotten.read.text).toMatch(/event: end\ndata: {"code":"STALE_READ_MODEL"}\n\n$/)

    const failed = reading()
    world.fault = true
    commit(record(accountId(1)))
    await soon()
    expect(failed.read.text).toMatch(/event: end\ndata: {"code":"STORE_UNAVAILABLE"}\n\n$/)
    expect(counts.faults).toBe(1)
    world.fault = false

    const closed = reading()
    hub.close()
    await soon()
    expect([closed.body.readableEnded, closed.read.text.includes('event: end')]).toEqual([true, false])
    expect(open().body).toEqual({ problem: 'OVERLOADED' })
    expect([streams.count(), observers.size]).toEqual([0, 0])
  })
})

describe('the hub of live streams, as time passes', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  test('writes a comment every 25 seconds', async () => {
    const { reading } = aHub()
    const { read } = reading()
    const beats = () => read.text.match(/^:$/gm)?.length ?? 0
    await vi.advanceTimersByTimeAsync(24_900)
    expect(beats()).toBe(0)
    await vi.advanceTimersByTimeAsync(100)
    expect(beats()).toBe(1)
    await vi.advanceTimersByTimeAsync(50_000)
    expect(beats()).toBe(3)
  })

  test('ends them on a node that hears nothing any more', async () => {
    const { reading, world } = aHub()
    const { read } = reading()
    world.fresh = false
    await vi.advanceTimersByTimeAsync(500)
    expect(read.text).toMatch(/event: end\ndata: {"code":"STALE_READ_MODEL"}\n\n$/)
  })

  test('ends them when the session expires, and gives a reader a second to take it', async () => {
    const { reading, world } = aHub()
    const { read, socket } = reading()
    world.now = later(day)
    world.refused = { problem: 'SESSION_REQUIRED' }
    await vi.advanceTimersByTimeAsync(500)
    expect(read.text).toMatch(/event: end\ndata: {"code":"SESSION_REQUIRED"}\n\n$/)
    expect(socket.destroy).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(socket.destroy).toHaveBeenCalledOnce()
  })

  test('forgets those whose connection was gone before their response began', async () => {
    const { open, streams, observers } = aHub()
    const { socket } = open()
    socket.destroyed = true
    await vi.advanceTimersByTimeAsync(500)
    expect([streams.count(), observers.size, vi.getTimerCount()]).toEqual([0, 0, 0])
  })
})
