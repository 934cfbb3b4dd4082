import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyWrap } from '../../../infrastructure/sealing/cipher/key-wrap.ts'
import { ada, bob, masterKey, otherMasterKey } from './support.ts'

describe('a wrapped key', () => {
  const key = randomBytes(32)
  const wrapped = keyWrap(masterKey).wrap(ada, key)

  test('opens under the master key that it was wrapped under', () => expect(keyWrap(masterKey).unwrap(ada, wrapped)).toEqual(key))

  test('opens under no other', () => expect(keyWrap(otherMasterKey).unwrap(ada, wrapped)).toBeNull())

  test('does not open for somebody else', () => expect(keyWrap(masterKey).unwrap(bob, wrapped)).toBeNull())
})
