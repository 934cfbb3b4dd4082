import fc from 'fast-check'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { AccountId, Actor, AttemptId, BlindIndex, SessionId, Sha256, SystemActor, TokenHash } from '../../../domain/kernel/ids.ts'
import { Sealed } from '../../../domain/kernel/sealed.ts'
import { accountId, attemptId, blindIndex, sealed, sessionId, tokenHash } from '../../support/domain/ids.ts'

const uuid = '01912f6e-5b7c-7d2a-9c3e-0123456789ab'
const digest = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ-_01234'

describe.each([AccountId, SessionId, AttemptId])('$name', (id) => {
  test('is any UUID in lower case', () => {
    fc.assert(fc.property(fc.uuid(), (made) => isRight(id.decode(made))))
  })

  const without = (place: number) => uuid.slice(0, place) + uuid.slice(place + 1)
  const withOther = (place: number) => `${uuid.slice(0, place)}g${uuid.slice(place + 1)}`
  const wrong: readonly (readonly [string, unknown])[] = [
    ['empty', ''],
    ['upper case', uuid.toUpperCase()],
    ['with something before', `x${uuid}`],
    ['with something after', `${uuid}0`],
    ['with a line after', `${uuid}\n`],
    ['without dashes', uuid.replaceAll('-', '')],
    ['no string', 7],
    ...[0, 9, 14, 19, 24].map((place) => [`without the character at ${place}`, without(place)] as const),
    ...[0, 9, 14, 19, 24].map((place) => [`with another letter at ${place}`, withOther(place)] as const),
  ]

  test.each(wrong)('is nothing %s', (_, value) => expect(isLeft(id.decode(value))).toBe(true))
})

describe.each([BlindIndex, TokenHash])('$name', (index) => {
  test('is a SHA-256 in base64url', () => expect(isRight(index.decode(digest))).toBe(true))

  test.each([
    ['too short', digest.slice(1)],
    ['too long', `${digest}A`],
    ['with a line after', `${digest}\n`],
    ['with something before', `!${digest}`],
    ['in plain base64', `${digest.slice(1)}+`],
  ])('is nothing %s', (_, wrong) => expect(isLeft(index.decode(wrong))).toBe(true))
})

describe('SystemActor', () => {
  test.each(['system:seed', 'system:a', `system:${'a'.repeat(40)}`, 'system:import-2'])('is a part of the host app: %s', (name) =>
    expect([SystemActor.is(name), Actor.is(name), AccountId.is(name)]).toEqual([true, true, false]),
  )

  test.each(['system:', 'seed', ' system:seed', 'system:seed\n', 'system:Seed', `system:${'a'.repeat(41)}`, 'system:a b'])(
    'is nothing else: %j',
    (name) => expect([SystemActor.is(name), Actor.is(name)]).toEqual([false, false]),
  )

  test('acts beside people', () => expect(Actor.is(uuid)).toBe(true))
})

describe('Sha256', () => {
  const hex = '0123456789abcdef'.repeat(4)

  test('is 64 hexadecimal digits', () => expect(Sha256.is(hex)).toBe(true))
  test.each([hex.slice(1), `${hex}0`, `0${hex}`, `${hex}\n`, hex.toUpperCase()])('is nothing else: %j', (text) =>
    expect(Sha256.is(text)).toBe(false),
  )
})

describe('Sealed', () => {
  const box = 'A-_9'.repeat(10).slice(0, 38)

  test.each([
    ['a person', `${uuid}.${box}`],
    ['strangers of a month', `unknown-callers-2026-06.${box}`],
    ['whatever was long', `a.${box.repeat(20)}`],
    ['the longest name', `${'a'.repeat(64)}.${box}`],
  ])('is of %s', (_, value) => expect(isRight(Sealed.decode(value))).toBe(true))

  test.each([
    ['without a person', `.${box}`],
    ['without a box', `${uuid}.`],
    ['with too small a box', `${uuid}.${box.slice(1)}`],
    ['with too long a name', `${'a'.repeat(65)}.${box}`],
    ['of somebody in capitals', `ADA.${box}`],
    ['with a space before', ` ${uuid}.${box}`],
    ['with a line after', `${uuid}.${box}\n`],
    ['in plain base64', `${uuid}.${box}+`],
    ['with another mark between', `${uuid}:${box}`],
    ['in the clear', 'ada@example.org'],
  ])('is nothing %s', (_, value) => expect(isLeft(Sealed.decode(value))).toBe(true))
})

test('each kind has a name, which is all that an error tells', () => {
  expect([AccountId, SessionId, AttemptId, BlindIndex, TokenHash, Sealed].map(({ name }) => name)).toEqual([
    'AccountId',
    'SessionId',
    'AttemptId',
    'BlindIndex',
    'TokenHash',
    'Sealed',
  ])
})

test('what the tests use is what the codecs accept', () => {
  const made = [
    AccountId.is(accountId(1)),
    SessionId.is(sessionId(900)),
    AttemptId.is(attemptId(99)),
    BlindIndex.is(blindIndex(1)),
    TokenHash.is(tokenHash(7001)),
    Sealed.is(sealed('email')),
  ]
  expect(made).toEqual(made.map(() => true))
})
