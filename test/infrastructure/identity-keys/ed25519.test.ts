import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PublicKey, Signature } from '../../../domain/kernel/ids.ts'
import { ed25519IdentityKeys } from '../../../infrastructure/identity-keys/ed25519-identity-keys.ts'

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')

/** As the API takes it: a key or signature of another length is refused by its shape. */
const accepts = (publicKey: string, message: string, signature: string) => {
  const [key, signed] = [base64url(publicKey), base64url(signature)]
  return PublicKey.is(key) && Signature.is(signed) && ed25519IdentityKeys.verify(key, Buffer.from(message, 'hex'), signed)
}

/** RFC 8032, section 7.1: public key, message, signature. */
const rfc8032 = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
] as const

/** Little-endian: 0, 1, and the order of the group and the prime of the field with what is around them. */
const special = [
  '0'.repeat(64),
  `01${'0'.repeat(62)}`,
  'ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010',
  'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010',
  'eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010',
  `ec${'f'.repeat(60)}7f`,
  `ed${'f'.repeat(60)}7f`,
  `ee${'f'.repeat(60)}7f`,
  'f'.repeat(64),
]

const order = 2n ** 252n + 27742317777372353535851937790883648493n
const numberOf = (hex: string) => BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`)
const hexOf = (n: bigint) => Buffer.from(n.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex')

describe('a signature', () => {
  test.each(rfc8032)('of RFC 8032, section 7.1, is valid: %s', (publicKey, message, signature) => {
    expect(accepts(publicKey, message, signature)).toBe(true)
    expect(accepts(publicKey, `${message}00`, signature)).toBe(false)
  })

  test.each(rfc8032)('of %s is invalid with any bit of it changed', (publicKey, message, signature) => {
    for (let bit = 0; bit < 512; bit++) {
      const changed = Buffer.from(signature, 'hex')
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(accepts(publicKey, message, changed.toString('hex'))).toBe(false)
    }
  })

  test.each(rfc8032)('of %s has no other form: S plus a multiple of the order is refused', (publicKey, message, signature) => {
    const [r, s] = [signature.slice(0, 64), numberOf(signature.slice(64))]
    for (let n = 1n; s + n * order < 2n ** 256n; n++) expect(accepts(publicKey, message, r + hexOf(s + n * order))).toBe(false)
  })

  test('of special values is invalid', () => {
    const [publicKey] = rfc8032[0]
    for (const r of special) for (const s of special) expect(accepts(publicKey, '3f', r + s)).toBe(false)
  })

  test('by the owner of the key, with a second spelling of the neutral element as R, is invalid', () => {
    const [publicKey, , signature] = rfc8032[0]
    const sha512 = (hex: string) => createHash('sha512').update(Buffer.from(hex, 'hex')).digest('hex')
    const secret = sha512('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
    const scalar = (numberOf(secret.slice(0, 64)) & (2n ** 254n - 8n)) | (2n ** 254n)
    const signedWith = (r: string, nonce: bigint) => r + hexOf((nonce + numberOf(sha512(r + publicKey)) * scalar) % order)
    expect(signedWith(signature.slice(0, 64), numberOf(sha512(secret.slice(64))))).toBe(signature)
    for (const r of [`01${'0'.repeat(60)}80`, `ee${'f'.repeat(60)}7f`, `ee${'f'.repeat(62)}`])
      expect(accepts(publicKey, '', signedWith(r, 0n))).toBe(false)
  })

  test('by what is no point of the curve is invalid, and does not throw', () => {
    const [, message, signature] = rfc8032[0]
    expect(accepts(`02${'0'.repeat(62)}`, message, signature)).toBe(false)
  })
})

type Key = { readonly pk: string }
type Vector = { readonly tcId: number; readonly msg: string; readonly sig: string; readonly result: 'valid' | 'invalid' }
/** The name of the key's field is that of the first or of a later generation of the files. */
type Group = { readonly tests: readonly Vector[] } & ({ readonly key: Key } | { readonly publicKey: Key })
type Vectors = { readonly numberOfTests: number; readonly testGroups: readonly Group[] }

/** Of Debian's golang-github-cloudflare-circl-dev. `WYCHEPROOF_ED25519` names another copy, such as `testvectors_v1/ed25519_test.json`. */
const file =
  process.env.WYCHEPROOF_ED25519 ?? '/usr/share/gocode/src/github.com/cloudflare/circl/sign/ed25519/testdata/wycheproof_Ed25519.json'

test.skipIf(process.env.CI === undefined && !existsSync(file))('every case of Project Wycheproof has its result', () => {
  const { testGroups, numberOfTests }: Vectors = JSON.parse(readFileSync(file, 'utf8'))
  const cases = testGroups.flatMap(({ tests, ...group }) =>
    tests.map((vector) => ({ pk: 'key' in group ? group.key.pk : group.publicKey.pk, ...vector })),
  )
  expect(cases).toHaveLength(numberOfTests)
  expect(cases.length).toBeGreaterThanOrEqual(145)
  expect(new Set(cases.map(({ result }) => result))).toEqual(new Set(['valid', 'invalid']))
  const wrong = cases.filter(({ pk, msg, sig, result }) => accepts(pk, msg, sig) !== (result === 'valid'))
  expect(wrong.map(({ tcId }) => tcId)).toEqual([])
})
