import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkpointText, readCheckpoint } from '../../../infrastructure/proofs/notes/checkpoint.ts'
import { isSignedBy, readNote, readVerifierKey, signNote, verifierKey } from '../../../infrastructure/proofs/notes/signed-note.ts'

/** The example of the specification of C2SP. */
const theirKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const theirNote = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const key = { name: 'auth.example.com/log/0123', publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url') }
const root = Buffer.alloc(32, 7)
const signed = signNote(checkpointText({ origin: key.name, size: 12, root }), key, privateKey)

describe('a signed note', () => {
  test('of the specification verifies with its key', () => {
    const read = readVerifierKey(theirKey)
    const note = readNote(theirNote)
    if (read === undefined || note === undefined) throw new Error('they must be read')
    expect(isSignedBy(note, read)).toBe(true)
    expect(verifierKey(read)).toBe(theirKey)
    expect(isSignedBy({ ...note, text: 'This is an example message!\n' }, read)).toBe(false)
  })

  test('has a verifier key that is read back, wherever its base64 has a plus sign', () => {
    const keys = Array.from({ length: 3_000 }, () => ({ name: 'auth.example.com/log', publicKey: randomBytes(32) }))
    expect(keys.filter((one) => /\+.{8}\+/.test(one.publicKey.toString('base64'))).length).toBeGreaterThan(0)
    for (const one of keys) expect(readVerifierKey(verifierKey(one))).toEqual(one)
  })

  test('verifies with the key that signed it and with no other', () => {
    const note = readNote(signed)
    if (note === undefined) throw new Error('it must be read')
    expect(isSignedBy(note, key)).toBe(true)
    expect(isSignedBy(note, { ...key, name: 'auth.example.com/log/4567' })).toBe(false)
    expect(isSignedBy(note, { ...key, publicKey: Buffer.alloc(32, 9) })).toBe(false)
  })

  test.each([
    ['without signatures', 'a\nb\n'],
    ['without a last newline', signed.trimEnd()],
    ['with a control character', signed.replace('12', '1\u00002')],
    ['with a carriage return', signed.replaceAll('\n', '\r\n')],
    ['with another mark', signed.replace('\u2014', '-')],
    ['with a signature that is cut off', `${signed.slice(0, -10)}\n`],
  ])('%s is none', (_, text) => expect(readNote(text)).toBeUndefined())

  test.each([
    theirKey.replace('530d903a', '530d903b'),
    theirKey.replace('example.com/foo', 'example.com/fox'),
    theirKey.replace('+Aek', '+Bek'),
    theirKey.slice(0, -4),
    'example.com/foo',
    '',
  ])('has no verifier key %j', (text) => expect(readVerifierKey(text)).toBeUndefined())
})

describe('a checkpoint', () => {
  test('is read as it was written', () => {
    expect(readCheckpoint(signed)).toMatchObject({ origin: key.name, size: 12, root })
  })

  test.each([
    ['a size with a zero in front', '\n12\n', '\n012\n'],
    ['no size', '\n12\n', '\n\n'],
    ['a negative size', '\n12\n', '\n-1\n'],
    ['a root that is too short', root.toString('base64'), Buffer.alloc(31).toString('base64')],
    ['no origin', `${key.name}\n12`, '\n12'],
  ])('with %s is none', (_, from, to) => expect(readCheckpoint(signed.replace(from, to))).toBeUndefined())
})
