import { left, right } from 'fp-ts/lib/Either.js'
import { beforeEach, expect, test } from 'vitest'
import type { EventStore, RecordedEvent } from '../../../../application/ports/event-store.ts'
import { readCache } from '../../../../infrastructure/event-store/sqlite/reader/read-cache.ts'
import { newEvent } from '../../../contract/event-store/support.ts'

const recorded = (stream: string, revision: number): RecordedEvent => ({
  ...newEvent(),
  stream,
  revision,
  position: revision + 1,
  recordedAt: '2026-06-01T12:00:00.000Z',
})

let log: RecordedEvent[] = []
let looked: string[] = []
let broken = false
const readLog: EventStore['read'] =
  (stream, from = 0) =>
  async () => {
    looked.push(stream)
    return broken
      ? left({ type: 'unavailable', detail: 'gone' })
      : right(log.filter((event) => event.stream === stream && event.revision >= from))
  }

let fresh = readCache(readLog)
beforeEach(() => {
  ;[log, looked, broken] = [[], [], false]
  fresh = readCache(readLog)
})

const revisions = async (stream: string, from?: number) => {
  const read = await fresh.read(stream, from)()
  return read._tag === 'Right' ? read.right.map(({ revision }) => revision) : read.left.type
}
const write = (stream: string, revision: number) => {
  log.push(recorded(stream, revision))
  fresh.observe([recorded(stream, revision)])
}

test('the log is not asked twice for what a stream does not have', async () => {
  write('account-a', 0)
  expect([await revisions('account-a', 1), await revisions('account-a', 1), await revisions('account-b')]).toEqual([[], [], []])
  expect(await revisions('account-b')).toEqual([])
  expect(looked).toEqual(['account-b'])
})

test('what was written since is read', async () => {
  expect(await revisions('account-a')).toEqual([])
  write('account-a', 0)
  write('account-a', 1)
  expect([await revisions('account-a'), await revisions('account-a', 1), await revisions('account-a', 2)]).toEqual([[0, 1], [1], []])
})

test('a read beyond the end says nothing of what comes before it', async () => {
  write('account-a', 0)
  fresh.clear()
  expect([await revisions('account-a', 5), await revisions('account-a', 1), await revisions('account-a')]).toEqual([[], [], [0]])
  write('account-a', 1)
  expect(await revisions('account-a', 1)).toEqual([1])
})

test('after a doubt the log is asked', async () => {
  expect(await revisions('account-a')).toEqual([])
  log.push(recorded('account-a', 0))
  fresh.clear()
  expect(await revisions('account-a')).toEqual([0])
})

test('a read that failed is remembered for nothing', async () => {
  broken = true
  expect(await revisions('account-a')).toBe('unavailable')
  ;[broken, log] = [false, [recorded('account-a', 0)]]
  expect(await revisions('account-a')).toEqual([0])
})

test('key streams are always read: they can go', async () => {
  write('dataKey-a', 0)
  expect([await revisions('dataKey-a', 1), await revisions('dataKey-b'), await revisions('dataKey-b')]).toEqual([[], [], []])
  expect(looked).toEqual(['dataKey-a', 'dataKey-b', 'dataKey-b'])
})
