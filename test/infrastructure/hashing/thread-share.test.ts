import { describe, expect, test } from 'vitest'
import { threadShare } from '../../../infrastructure/hashing/thread-share.ts'

const poolSize = Number(process.env.UV_THREADPOOL_SIZE ?? 4)

describe('hashing', () => {
  test('leaves two threads of the pool to files and names, however many it is given', () =>
    expect(threadShare(1, 1_000)).toBe(Math.max(1, poolSize - 2)))

  test('takes what it is given where that is less', () => expect(threadShare(1, 1)).toBe(1))

  test('goes on, one at a time, where one hash has more lanes than there are cores', () => expect(threadShare(1_000)).toBe(1))
})
