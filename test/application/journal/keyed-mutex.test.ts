import { describe, expect, test } from 'vitest'
import { keyedMutex } from '../../../application/journal/keyed-mutex.ts'

/** Tasks that record when they begin, and end when the test releases them. */
const stage = () => {
  const inTurn = keyedMutex()
  const seen: string[] = []
  const ends = new Map<string, () => void>()
  return {
    seen,
    start: (key: string, name: string) =>
      inTurn(key, async () => {
        seen.push(`${name} begins`)
        await new Promise<void>((end) => ends.set(name, end))
        seen.push(`${name} ends`)
        return name
      }),
    end: (name: string) => ends.get(name)?.(),
    inTurn,
  }
}

const aMoment = () => new Promise((next) => setImmediate(next))

describe('one at a time', () => {
  test('runs the tasks of one key in the order they came', async () => {
    const { start, end, seen } = stage()
    const tasks = [start('stream', 'first'), start('stream', 'second'), start('stream', 'third')]
    for (const name of ['first', 'second', 'third']) {
      await aMoment()
      end(name)
    }
    expect(await Promise.all(tasks)).toEqual(['first', 'second', 'third'])
    expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends'])
  })

  test('runs the tasks of different keys side by side', async () => {
    const { start, end, seen } = stage()
    const tasks = [start('one stream', 'slow'), start('another', 'quick')]
    await aMoment()
    end('quick')
    await aMoment()
    expect(seen).toEqual(['slow begins', 'quick begins', 'quick ends'])
    end('slow')
    await Promise.all(tasks)
  })

  test('goes on with the next task after one that throws, and tells only its caller', async () => {
    const { inTurn } = stage()
    const broken = inTurn('stream', async () => {
      throw new Error('broken')
    })
    const next = inTurn('stream', async () => 'done')
    await expect(broken).rejects.toThrow('broken')
    expect(await next).toBe('done')
  })

  test('lets a task in while others of its key still wait, and never two at once', async () => {
    const inTurn = keyedMutex()
    let inside = 0
    const done: number[] = []
    const task = (n: number) => () =>
      inTurn('stream', async () => {
        expect(++inside).toBe(1)
        await aMoment()
        inside--
        done.push(n)
        return n
      })
    const tasks = [task(0)(), task(1)()]
    await aMoment()
    tasks.push(task(2)(), task(3)())
    await Promise.all(tasks)
    expect(done).toEqual([0, 1, 2, 3])
  })
})
