import { describe, expect, test } from 'vitest'
import { keyCache } from '../../../infrastructure/sealing/keys/key-cache.ts'

const key = (octet: number) => Buffer.alloc(32, octet)

describe('the opened keys in memory', () => {
  test('are no more than the limit: the one longest unused goes first', () => {
    const cache = keyCache(2)
    cache.set('a', key(1))
    cache.set('b', key(2))
    cache.get('a')
    cache.set('c', key(3))
    expect(cache.get('b')).toBeUndefined()
    expect(cache.get('a')).toEqual(key(1))
    expect(cache.get('c')).toEqual(key(3))
  })

  test('are overwritten when they go', () => {
    const cache = keyCache(1)
    const [first, second] = [key(1), key(2)]
    cache.set('a', first)
    cache.set('b', second)
    cache.delete('b')
    expect([first, second]).toEqual([key(0), key(0)])
    expect(cache.get('b')).toBeUndefined()
  })
})
