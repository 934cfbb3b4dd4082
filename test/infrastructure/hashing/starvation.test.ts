import { stat } from 'node:fs/promises'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { argon2Hash } from '../../../infrastructure/hashing/argon2.ts'
import { argon2PasswordHasher } from '../../../infrastructure/hashing/argon2-password-hasher.ts'
import { stranger } from '../../support/hash-turns.ts'

const cost = { memoryKiB: 4_096, time: 2, parallelism: 1 }
const crowd = 200

/** How long a file read that follows many hashes waits, as a share of the time that they all take. */
const shareWaited = async (hashes: readonly Promise<unknown>[]) => {
  const start = performance.now()
  await stat('.')
  const waited = performance.now() - start
  await Promise.all(hashes)
  return waited / (performance.now() - start)
}

test('two hundred passwords in the queue do not keep a file waiting; without the queue they do', async () => {
  const hasher = await argon2PasswordHasher({ ...cost, queueLimit: 2 * crowd })
  const unbounded = await shareWaited(Array.from({ length: crowd }, (_, n) => argon2Hash(`password ${n}`, cost)))
  const outcomes = Array.from({ length: crowd }, (_, n) => hasher.hash(`password ${n}`, stranger(n))())
  const bounded = await shareWaited(outcomes)
  expect((await Promise.all(outcomes)).every(isRight)).toBe(true)
  expect(unbounded).toBeGreaterThan(0.5)
  expect(bounded).toBeLessThan(unbounded / 10)
})
