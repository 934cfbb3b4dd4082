import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { PasswordHasher } from '../../../../application/ports/hasher.ts'
import { argon2PasswordHasher, type HashFault } from '../../../../infrastructure/hashing/argon2-password-hasher.ts'
import { stranger } from '../../../support/hash-turns.ts'

const cheap = { memoryKiB: 64, time: 1, parallelism: 1, queueLimit: 64 }
const yes = { matched: true, outdated: true }
const no = { matched: false, outdated: false }

const password = 'correct horse'

const kept = async (hasher: PasswordHasher, text: string) => {
  const read = hasher.readImported(text)
  if (!isRight(read)) throw new Error(read.left.reason)
  const hash = await read.right.keep(stranger(0))()
  if (!isRight(hash)) throw new Error('The hasher was overloaded')
  return hash.right
}

const verified = (hasher: PasswordHasher, given: string, hash: string) => {
  const slot = hasher.reserve(stranger(0))
  if (!isRight(slot)) throw new Error('The hasher was overloaded')
  return slot.right.verify(given, hash)()
}

/** Each made by another program: hashlib and crypt of Python, Keycloak, Better Auth 1.7, and the published sample of firebase/scrypt. */
const foreign: readonly (readonly [name: string, hash: string, kind: string, password?: string])[] = [
  ['bcrypt $2b$', '$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2', 'bcrypt:5'],
  ['bcrypt $2a$', '$2a$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2', 'bcrypt:5'],
  ['bcrypt $2y$ with its method', 'bcrypt:$2y$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2', 'bcrypt:5'],
  ['scrypt', '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$A9lBa6RTbfBovWqamVIqXKovIl4Vk6OZyVojLJmYmSI', 'scrypt:10,8,1,32'],
  [
    'pbkdf2-sha512',
    '$pbkdf2-sha512$i=1000$c2FsdHNhbHRzYWx0c2FsdA==$EHLBej+uEvxlmr0QnHnceg1vM6h1wbwSP5XErh3SmizNDWZsIi28RPGARe0EssjGRoiACzxgHjNvqwJY1zxKig==',
    'pbkdf2-sha512:1000,64',
  ],
  ['pbkdf2-sha1', '$pbkdf2-sha1$i=1000,l=20$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx+yviAqdTmlEPmy+5ykUU', 'pbkdf2-sha1:1000,20'],
  ['pbkdf2-sha1 of passlib', '$pbkdf2$1000$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx.yviAqdTmlEPmy.5ykUU', 'pbkdf2-sha1:1000,20'],
  ['pbkdf2-sha256 of Django', 'pbkdf2_sha256$1000$abcdefgh$L0FcF43cV3afIpAPb8mzVB0BuB1/nZH2CUp/AfhPGGg=', 'pbkdf2-sha256:1000,32'],
  [
    'pbkdf2-sha256 of Keycloak',
    '$pbkdf2-sha256$i=27500$P5rtFkGtPfoaryJ6PizUJw==$JsfNbCOIdZUbyBJ+BT+VoGI91Ec2rWLOvkLPDaX8e9k=',
    'pbkdf2-sha256:27500,32',
    'password',
  ],
  [
    'scrypt of Better Auth',
    'better-auth:4361393e65b3c9eb3dde07117115616f:8c53a9904e365f9643d043916518d724dc2d6543de454303c3162d13e9450a864e5c71038d466d823125d350a4fb8100e84bfb8e72a484764b77ab095671f0f3',
    'scrypt:14,16,1,64',
  ],
  [
    'scrypt of Firebase',
    '$firebase-scrypt$ln=14,r=8$42xEC+ixf3L2lw==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    'scrypt:14,8,1,64',
    'user1password',
  ],
]

describe('a hash of another system', () => {
  test.each(foreign.map(([name, hash, kind, right = password]) => [name, hash, kind, right] as const))(
    'lets the right password in and no other, and is outdated: %s',
    async (_, hash, kind, right) => {
      const hasher = await argon2PasswordHasher(cheap)
      expect(hasher.readImported(hash)).toMatchObject({ right: { kind } })
      const stored = await kept(hasher, hash)
      expect(stored).toMatch(/^[a-z0-9-]+:.+$/)
      for (const covers of [false, true]) {
        if (covers) hasher.coverKind(kind)
        expect(hasher.isCovered(kind)).toBe(covers)
        expect(await verified(hasher, right, stored)).toEqual(yes)
        expect(await verified(hasher, `${right}x`, stored)).toEqual(no)
        expect(await verified(hasher, '', stored)).toEqual(no)
      }
    },
  )

  test.each([
    ['argon2id', 2, 19, 1],
    ['argon2i', 1, 19, 2],
    ['argon2d', 0, 16, 1],
  ] as const)('may be argon2 with any parameters: %s', async (method, type, version, parallelism) => {
    const { hash } = await import('argon2')
    const encoded = await hash(password, { type, version, memoryCost: 64, timeCost: 2, parallelism, salt: Buffer.from('saltsalt') })
    const hasher = await argon2PasswordHasher(cheap)
    const stored = await kept(hasher, encoded)
    expect(stored).toBe(`${method}:${encoded}`)
    expect(await verified(hasher, password, stored)).toEqual(yes)
    expect(await verified(hasher, 'wrong', stored)).toEqual(no)
  })

  test('of Better Auth is in NFKC, with the digits of the salt as salt', async () => {
    const { scryptSync } = await import('node:crypto')
    const salt = '00112233445566778899aabbccddeeff'
    const key = scryptSync('caf\u00e9 2', salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 2 ** 27 }).toString('hex')
    const hasher = await argon2PasswordHasher(cheap)
    const stored = await kept(hasher, `better-auth:${salt}:${key}`)
    expect(await verified(hasher, 'cafe\u0301 \u00b2', stored)).toEqual(yes)
    expect(await verified(hasher, 'cafe 2', stored)).toEqual(no)
  })

  test('made of what was typed is compared with what is typed, in no other form', async () => {
    const { hash } = await import('bcrypt')
    const hasher = await argon2PasswordHasher(cheap)
    const stored = await kept(hasher, await hash('cafe\u0301', 4))
    expect(await verified(hasher, 'cafe\u0301', stored)).toEqual(yes)
    expect(await verified(hasher, 'caf\u00e9', stored)).toEqual(no)
  })
})

describe('one round of a fast hash', () => {
  const salt = Buffer.from('pepper and salt')
  const recipes = (['md5', 'sha1', 'sha256', 'sha512'] as const).flatMap((algorithm) => [
    [algorithm, '', (text: string) => text] as const,
    [algorithm, `salt-before:${salt.toString('base64')}:`, (text: string) => `${salt}${text}`] as const,
    [algorithm, `salt-after:${salt.toString('base64')}:`, (text: string) => `${text}${salt}`] as const,
  ])

  test.each(recipes)('is only kept inside argon2id: %s %s', async (algorithm, position, salted) => {
    const { hash } = await import('node:crypto')
    const digest = hash(algorithm, salted(password), 'hex')
    const hasher = await argon2PasswordHasher(cheap)
    const stored = await kept(hasher, `${algorithm}:${position}${digest.toUpperCase()}`)
    expect(stored).toMatch(/^wrapped:.*:\$argon2id\$v=19\$m=64,p=1,t=1\$/)
    for (const bare of [digest, Buffer.from(digest, 'hex').toString('base64')])
      expect(stored.toLowerCase()).not.toContain(bare.toLowerCase())
    expect(await verified(hasher, password, stored)).toEqual(yes)
    expect(await verified(hasher, digest, stored)).toEqual(no)
    expect(await verified(hasher, 'wrong', stored)).toEqual(no)
  })
})

describe('what nobody can or may verify', () => {
  const at = (rounds: string) => `$2b$${rounds}$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2`
  const argon2 = (cost: string) => `$argon2id$v=19$${cost}$c2FsdHNhbHQ$CWOhqAGfoEW4RDqWTOcy1pM0Y2R6MlEbZCCFAhNDTQY`
  const scrypt = (cost: string) => `$scrypt$${cost}$c2FsdHNhbHRzYWx0c2FsdA$A9lBa6RTbfBovWqamVIqXKovIl4Vk6OZyVojLJmYmSI`
  const pbkdf2 = (cost: string) => `$pbkdf2-sha1$${cost}$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx+yviAqdTmlEPmy+5ykUU`

  test.each([
    ['costly_hash', at('15')],
    ['costly_hash', at('31')],
    ['costly_hash', argon2('m=16777216,t=1,p=1')],
    ['costly_hash', argon2('m=65536,t=17,p=1')],
    ['costly_hash', argon2('m=65536,t=1,p=17')],
    ['costly_hash', argon2('m=128,t=65,p=1')],
    ['costly_hash', argon2('m=128,t=8192,p=16')],
    ['costly_hash', scrypt('ln=1,r=1024,p=1024')],
    ['costly_hash', scrypt('ln=1,r=65,p=1')],
    ['costly_hash', scrypt('ln=1,r=1,p=65')],
    ['costly_hash', scrypt('ln=18,r=8,p=1')],
    ['costly_hash', scrypt('ln=10,r=8,p=999')],
    ['costly_hash', scrypt('ln=63,r=1024,p=1024')],
    ['costly_hash', pbkdf2('i=4000001')],
    ['malformed_hash', at('03')],
    ['malformed_hash', at('32')],
    ['malformed_hash', '$2b$05$abcdefghijklmnopqrstuu'],
    ['malformed_hash', argon2('m=64,t=1')],
    ['malformed_hash', argon2('m=64,t=0,p=1')],
    ['malformed_hash', argon2('m=7,t=1,p=1')],
    ['malformed_hash', argon2('m=64,t=1,p=1').replace('v=19', 'v=18')],
    ['malformed_hash', '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$CWOh'],
    ['malformed_hash', scrypt('ln=0,r=8,p=1')],
    ['malformed_hash', scrypt('ln=99,r=8,p=1')],
    ['malformed_hash', pbkdf2('i=0')],
    ['malformed_hash', pbkdf2('i=1000,l=21')],
    ['malformed_hash', 'better-auth:00:11'],
    ['unknown_hash', '$2x$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2'],
    ['unknown_hash', 'correct horse'],
    ['unknown_hash', ''],
    ['unknown_hash', 'constructor:x'],
    ['unknown_hash', 'md5:5f4dcc3b5aa765d61d8327deb882cf9'],
    ['unknown_hash', 'argon2:$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$CWOhqAGfoEW4RDqWTOcy1pM0Y2R6MlEbZCCFAhNDTQY'],
    ['unknown_hash', `bcrypt:${'x'.repeat(1_000_000)}`],
  ] as const)('is refused as %s: %s', async (reason, text) => {
    const hasher = await argon2PasswordHasher(cheap)
    expect(hasher.readImported(text)).toEqual(left({ type: 'hash_refused', reason }))
  })

  test.each([
    argon2('m=128,t=64,p=16'),
    argon2('m=262144,t=4,p=16'),
    scrypt('ln=1,r=64,p=64'),
    scrypt('ln=14,r=64,p=1'),
    scrypt('ln=17,r=8,p=2'),
    scrypt('ln=15,r=1,p=1'),
    pbkdf2('i=4000000'),
    at('04'),
  ])(
    'but everything up to the limits can be computed: %s',
    async (text) => {
      const hasher = await argon2PasswordHasher(cheap)
      const read = hasher.readImported(text)
      if (!isRight(read)) throw new Error(read.left.reason)
      expect(await read.right.tryOut(stranger(0))()).toEqual(right(undefined))
    },
    60_000,
  )

  test('is found out by trying, where only the library knows', async () => {
    const hasher = await argon2PasswordHasher(cheap)
    const read = hasher.readImported(scrypt('ln=16,r=1,p=1'))
    if (!isRight(read)) throw new Error(read.left.reason)
    expect(await read.right.tryOut(stranger(0))()).toEqual(left({ type: 'hash_refused', reason: 'uncomputable_hash' }))
  })

  test('is no match and a fault, should it stand in the log', async () => {
    const faults: HashFault[] = []
    const hasher = await argon2PasswordHasher({ ...cheap, onFault: (fault) => faults.push(fault) })
    for (const stored of [`bcrypt:${at('31')}`, at('05'), 'wrapped:md5:$argon2id$', 'external']) {
      expect(await verified(hasher, 'secret', stored)).toEqual(no)
    }
    expect(faults).toEqual(['unknown_hash', 'unknown_hash', 'unknown_hash', 'unknown_hash'])
  })

  test('is no kind to cover either', async () => {
    const hasher = await argon2PasswordHasher(cheap)
    for (const kind of ['bcrypt:31', 'scrypt:63,1024,1,64', 'argon2id:19,16777216,1,1,32', 'pbkdf2-md5:1,16', 'pbkdf2:1,16', '']) {
      hasher.coverKind(kind)
      expect([kind, hasher.isCovered(kind)]).toEqual([kind, false])
    }
  })
})

test('every check does the work of each covered kind, whoever is asked about', async () => {
  const hasher = await argon2PasswordHasher(cheap)
  const bcrypt = await kept(hasher, '$2b$10$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2')
  const own = await hasher.hash(password, stranger(0))()
  if (!isRight(own)) throw new Error('The hasher was overloaded')
  /** Microseconds of CPU time, of all threads: what others do on the machine does not count. */
  const least = async (hash: string | null) => {
    const works: number[] = []
    for (let n = 0; n < 5; n += 1) {
      const slot = hasher.reserve(stranger(0))
      if (!isRight(slot)) throw new Error('The hasher was overloaded')
      const start = process.cpuUsage()
      await slot.right.verify('wrong', hash)()
      const { user, system } = process.cpuUsage(start)
      works.push(user + system)
    }
    return Math.min(...works)
  }
  const reference = await least(bcrypt)
  expect(await least(null)).toBeLessThan(reference / 2)
  hasher.coverKind('bcrypt:10')
  for (const hash of [null, own.right, 'unreadable', bcrypt]) {
    expect(await least(hash)).toBeGreaterThan(reference / 2)
  }
})
