import { isRight, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { PasswordHasher } from '../../../application/ports/hasher.ts'
import { argon2PasswordHasher, type HashFault } from '../../../infrastructure/hashing/argon2-password-hasher.ts'
import { owner, stranger } from '../../support/hash-turns.ts'

const cheap = { memoryKiB: 64, time: 1, parallelism: 1, queueLimit: 64 }
const yes = { matched: true, outdated: false }
const no = { matched: false, outdated: false }

const hashed = async (hasher: PasswordHasher, password: string) => {
  const hash = await hasher.hash(password, stranger(0))()
  if (isRight(hash)) return hash.right
  throw new Error('The hasher was overloaded')
}

const verified = (hasher: PasswordHasher, password: string, hash: string | null) => {
  const slot = hasher.reserve(stranger(0))
  if (isRight(slot)) return slot.right.verify(password, hash)()
  throw new Error('The hasher was overloaded')
}

describe('a password', () => {
  test('is stored as method and hash, and recognised', async () => {
    const hasher = await argon2PasswordHasher(cheap)
    const hash = await hashed(hasher, 'correct horse')
    expect(hash).toMatch(/^argon2:\$argon2id\$v=19\$m=64,p=1,t=1\$[^$]{22}\$[^$]{43}$/)
    expect(await verified(hasher, 'correct horse', hash)).toEqual(yes)
    expect(await verified(hasher, 'correct horsf', hash)).toEqual(no)
  })

  test('is recognised whichever way round the parameters were written', async () => {
    const hasher = await argon2PasswordHasher(cheap)
    const hash = await hashed(hasher, 'correct horse')
    const reference = hash.replace('m=64,p=1,t=1', 'm=64,t=1,p=1')
    expect(reference).not.toBe(hash)
    expect(await verified(hasher, 'correct horse', reference)).toEqual(yes)
  })

  test('has another hash each time', async () => {
    const hasher = await argon2PasswordHasher(cheap)
    expect(await hashed(hasher, 'correct horse')).not.toBe(await hashed(hasher, 'correct horse'))
  })

  test('is the same from a keyboard that composes its letters otherwise, and no other letter is the same', async () => {
    const hasher = await argon2PasswordHasher(cheap)
    const hash = await hashed(hasher, 'caf\u00e9 2')
    expect(await verified(hasher, 'cafe\u0301 2', hash)).toEqual(yes)
    for (const other of ['cafe 2', 'caf\u00e9 \u00b2', 'CAF\u00c9 2']) expect(await verified(hasher, other, hash)).toEqual(no)
  })

  test('counts to its last character, also past 72 octets and past a NUL', async () => {
    const hasher = await argon2PasswordHasher(cheap)
    const long = `${'x'.repeat(1_000)}\0`
    const hash = await hashed(hasher, `${long}a`)
    expect(await verified(hasher, `${long}a`, hash)).toEqual(yes)
    expect(await verified(hasher, `${long}b`, hash)).toEqual(no)
  })

  test.each([{ memoryKiB: 128 }, { time: 2 }, { parallelism: 2 }])('under less than today’s cost is outdated: %j', async (more) => {
    const hash = await hashed(await argon2PasswordHasher(cheap), 'correct horse')
    const today = await argon2PasswordHasher({ ...cheap, memoryKiB: 64, ...more })
    expect(await verified(today, 'correct horse', hash)).toEqual({ matched: true, outdated: true })
    expect(await verified(today, 'wrong', hash)).toEqual(no)
  })

  test('under more than today’s cost stays as it is', async () => {
    const hash = await hashed(await argon2PasswordHasher({ ...cheap, time: 3, memoryKiB: 128 }), 'correct horse')
    expect(await verified(await argon2PasswordHasher(cheap), 'correct horse', hash)).toEqual(yes)
  })
})

describe('whatever cannot be verified', () => {
  const salt = 'c29tZXNhbHRzb21lc2FsdA'
  const tag = 'CWOhqAGfoEW4RDqWTOcy1pM0Y2R6MlEbZCCFAhNDTQY'
  const unreadable = [
    '',
    'argon2:',
    'plain:secret',
    `bcrypt:$2b$12$${salt}`,
    `argon2:$argon2i$v=19$m=64,t=1,p=1$${salt}$${tag}`,
    `argon2:$argon2id$v=16$m=64,t=1,p=1$${salt}$${tag}`,
    `argon2:$argon2id$v=19$m=64,t=1$${salt}$${tag}`,
    `$argon2id$v=19$m=64,t=1,p=1$${salt}$${tag}`,
    `argon2:$argon2id$v=19$m=64,t=1,p=1$${salt}$${tag}x$`,
  ]

  test.each(unreadable)('is a no and a fault: %j', async (hash) => {
    const faults: HashFault[] = []
    const hasher = await argon2PasswordHasher({ ...cheap, onFault: (fault) => faults.push(fault) })
    expect(await verified(hasher, 'secret', hash)).toEqual(no)
    expect(faults).toEqual(['unknown_hash'])
  })

  test('is a no and a fault where argon2 itself refuses', async () => {
    const faults: HashFault[] = []
    const hasher = await argon2PasswordHasher({ ...cheap, onFault: (fault) => faults.push(fault) })
    expect(await verified(hasher, 'secret', `argon2:$argon2id$v=19$m=64,t=0,p=1$${salt}$${tag}`)).toEqual(no)
    expect(faults).toEqual(['hash_failed'])
  })

  test('is no fault where nobody has the name', async () => {
    const faults: HashFault[] = []
    const hasher = await argon2PasswordHasher({ ...cheap, onFault: (fault) => faults.push(fault) })
    expect(await verified(hasher, 'secret', null)).toEqual(no)
    expect(faults).toEqual([])
  })
})

describe('the hasher', () => {
  test('works as long for an unknown name and an unreadable hash as for a wrong password, and without the dummy it does not', async () => {
    const dear = { ...cheap, memoryKiB: 8_192 }
    const [hasher, control] = await Promise.all([argon2PasswordHasher(dear), argon2PasswordHasher({ ...dear, dummy: 'off' })])
    const hash = await hashed(hasher, 'correct horse')
    const took = async (by: PasswordHasher, stored: string | null) => {
      const start = performance.now()
      await verified(by, 'wrong', stored)
      return performance.now() - start
    }
    const rounds = { known: [] as number[], unknown: [] as number[], unreadable: [] as number[], control: [] as number[] }
    for (let n = 0; n < 25; n += 1) {
      rounds.known.push(await took(hasher, hash))
      rounds.unknown.push(await took(hasher, null))
      rounds.unreadable.push(await took(hasher, 'plain:secret'))
      rounds.control.push(await took(control, null))
    }
    // A busy machine only adds time, so the fastest round is the work itself.
    const reference = Math.min(...rounds.known)
    expect(Math.min(...rounds.unknown)).toBeGreaterThan(reference / 2)
    expect(Math.min(...rounds.unreadable)).toBeGreaterThan(reference / 2)
    expect(Math.min(...rounds.control)).toBeLessThan(reference / 2)
  })

  test('refuses when its places are taken, and has them again when they are used or given back', async () => {
    const hasher = await argon2PasswordHasher({ ...cheap, concurrency: 1, queueLimit: 1 })
    const [one, two] = [hasher.reserve(stranger(0)), hasher.reserve(owner(0))]
    hasher.reserve(stranger(2))
    const overloaded = left({ type: 'overloaded', retryAfter: 1 })
    expect(hasher.reserve(stranger(1))).toEqual(overloaded)
    expect(await hasher.hash('correct horse', owner(1))()).toEqual(overloaded)
    if (!isRight(one) || !isRight(two)) throw new Error('There was no place')
    one.right.release()
    await two.right.verify('x', null)()
    expect([hasher.reserve(stranger(0)), hasher.reserve(owner(0))].every(isRight)).toBe(true)
  })
})
