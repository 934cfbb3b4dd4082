import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decrypt, encrypt } from '../../../infrastructure/sealing/cipher/aes-gcm.ts'
import { additionalData } from '../../../infrastructure/sealing/cipher/encoding.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const key = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'
const plain =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255'
const cipher =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad'
const nonce = 'cafebabefacedbaddecaf888'

/** McGrew and Viega, The Galois/Counter Mode of Operation (GCM), appendix B: the cases with 256-bit keys and 96-bit nonces. */
const vectors = [
  {
    name: '13',
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    plain: '',
    additional: '',
    cipher: '',
    tag: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    name: '14',
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    plain: '00'.repeat(16),
    additional: '',
    cipher: 'cea7403d4d606b6e074ec5d3baf39d18',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  { name: '15', key, nonce, plain, additional: '', cipher, tag: 'b094dac5d93471bdec1a502270e3cc6c' },
  {
    name: '16',
    key,
    nonce,
    plain: plain.slice(0, -8),
    additional: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    cipher: cipher.slice(0, -8),
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
]

describe('AES-256-GCM', () => {
  test.each(vectors)('answers test case $name of its specification', (vector) => {
    const sealed = encrypt(hex(vector.key), hex(vector.plain), hex(vector.additional), hex(vector.nonce))
    expect(sealed.toString('hex')).toBe(vector.nonce + vector.cipher + vector.tag)
    expect(decrypt(hex(vector.key), sealed, hex(vector.additional))?.toString('hex')).toBe(vector.plain)
  })

  const octets = (constraints: { minLength?: number; maxLength?: number }) => fc.uint8Array(constraints).map((bytes) => Buffer.from(bytes))
  const key32 = octets({ minLength: 32, maxLength: 32 })

  test('opens what it has sealed', () => {
    fc.assert(
      fc.property(key32, octets({ maxLength: 200 }), octets({ maxLength: 50 }), (key, plain, additional) => {
        expect(decrypt(key, encrypt(key, plain, additional), additional)).toEqual(plain)
      }),
    )
  })

  test('opens nothing of which a single bit was changed, or that was cut short', () => {
    fc.assert(
      fc.property(key32, octets({ maxLength: 60 }), octets({ maxLength: 20 }), fc.nat(), fc.nat(), (key, plain, additional, bit, cut) => {
        const sealed = encrypt(key, plain, additional)
        expect(decrypt(key, sealed.subarray(0, cut % sealed.length), additional)).toBeNull()
        const at = bit % (sealed.length * 8)
        sealed.writeUInt8(sealed.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
        expect(decrypt(key, sealed, additional)).toBeNull()
      }),
    )
  })

  test('uses a nonce once', () => {
    const key = Buffer.alloc(32)
    const nonces = Array.from({ length: 2_000 }, () => encrypt(key, key, key).subarray(0, 12).toString('hex'))
    expect(new Set(nonces).size).toBe(2_000)
  })
})

describe('additional data', () => {
  test('of two lists of parts is the same only if the lists are', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '\0', '\u0001', 'é'), maxLength: 3 }), { maxLength: 4 })
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(additionalData(...one).equals(additionalData(...other))).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })
})
