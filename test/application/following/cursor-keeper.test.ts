import { describe, expect, test } from 'vitest'
import { cursorKeeper } from '../../../application/following/cursor-keeper.ts'
import type { Cursor } from '../../../application/following/cursors.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

const keeping = () => {
  const saves: { cursor: Cursor; end: (error?: Error) => void }[] = []
  const faults: unknown[] = []
  const keeper = cursorKeeper({
    cursor: { position: 1, handled: null },
    save: (cursor) => new Promise((resolve, reject) => saves.push({ cursor, end: (error) => (error ? reject(error) : resolve()) })),
    onFault: (error) => faults.push(error),
  })
  return { keeper, saves, faults, positions: () => saves.map(({ cursor }) => cursor.position) }
}

describe('a cursor', () => {
  test('is saved one at a time, the newest of those that came meanwhile', async () => {
    const { keeper, saves, positions } = keeping()
    for (const position of [2, 3, 4]) keeper.handled(position, `id ${position}`)
    await turn()
    expect(positions()).toEqual([2])
    saves[0]?.end()
    await turn()
    expect(saves.map(({ cursor }) => cursor)).toEqual([
      { position: 2, handled: { position: 2, id: 'id 2' } },
      { position: 4, handled: { position: 4, id: 'id 4' } },
    ])
  })

  test('is saved for events that nobody wanted once a thousand have gone by, and at the end', async () => {
    const { keeper, saves, positions } = keeping()
    keeper.skipped(900, 900)
    await turn()
    expect(positions()).toEqual([])
    keeper.skipped(1_100, 200)
    await turn()
    saves[0]?.end()
    keeper.skipped(1_101, 1)
    await turn()
    expect(positions()).toEqual([1_100])
    const flushed = keeper.flush()
    await turn()
    expect(positions()).toEqual([1_100, 1_101])
    saves[1]?.end()
    await flushed
  })

  test('that cannot be saved is reported once, and saved with the next event', async () => {
    const { keeper, saves, faults, positions } = keeping()
    const full = new Error('the disk is full')
    for (const [n, position] of [2, 3, 4].entries()) {
      keeper.handled(position, 'id')
      await turn()
      saves[n]?.end(n < 2 ? full : undefined)
      await turn()
    }
    expect([positions(), faults]).toEqual([[2, 3, 4], [full]])
  })
})
