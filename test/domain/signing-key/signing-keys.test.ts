import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type Command, signingKeys, verifying } from '../../../domain/signing-key/decider.ts'
import { SigningKeyAdded, type SigningKeyEvent, SigningKeyRetired } from '../../../domain/signing-key/events.ts'
import { sealed } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const key = (n: number) => ({ kid: `kid-${n}`, publicKey: `x-${n}`, privateKey: sealed(`d-${n}`) })
const added = (n: number, at = noon) => SigningKeyAdded({ ...key(n), at })
const rotated = (from: number, to: number, at: number, until: number) => [
  SigningKeyRetired({ kid: key(from).kid, verifyUntil: later(until), at: later(at) }),
  added(to, later(at)),
]
const started = given(signingKeys, [added(1)])
const turned = given(signingKeys, [added(1), ...rotated(1, 2, 10, 20)])

describe('the signing keys', () => {
  test('begin with one', () =>
    given(signingKeys)
      .when({ type: 'start', ...key(1), at: noon })
      .then(added(1)))

  test('begin once: who starts second uses the first key', () => started.when({ type: 'start', ...key(2), at: later(1) }).thenNothing())

  test('are rotated: the old one is retired and the new one signs, in one step', () =>
    started.when({ type: 'rotate', addedBefore: null, ...key(2), verifyUntil: later(20), at: later(10) }).then(...rotated(1, 2, 10, 20)))

  test('are rotated on a schedule if the key is older than that, so that the second of two nodes changes nothing', () => {
    const due = { type: 'rotate' as const, ...key(2), verifyUntil: later(20), at: later(10) }
    started.when({ ...due, addedBefore: later(1) }).then(...rotated(1, 2, 10, 20))
    started.when({ ...due, addedBefore: noon }).thenNothing()
    turned.when({ ...due, ...key(3), addedBefore: later(1) }).thenNothing()
  })

  test('are rotated to the same key once', () =>
    turned.when({ type: 'rotate', addedBefore: null, ...key(2), verifyUntil: later(30), at: later(11) }).thenNothing())

  test('are not rotated before there is one', () =>
    given(signingKeys)
      .when({ type: 'rotate', addedBefore: null, ...key(1), verifyUntil: later(20), at: noon })
      .thenRefused({ type: 'no_signing_key' }))

  test('never go back to a retired key', () =>
    turned.when({ type: 'rotate', addedBefore: null, ...key(1), verifyUntil: later(30), at: later(11) }).thenRefused({ type: 'key_known' }))

  test('are not retired with a date in the past, which would end tokens that are in use', () => {
    started
      .when({ type: 'rotate', addedBefore: null, ...key(2), verifyUntil: later(9), at: later(10) })
      .thenRefused({ type: 'verifies_no_longer' })
    started.when({ type: 'rotate', addedBefore: null, ...key(2), verifyUntil: later(10), at: later(10) }).then(...rotated(1, 2, 10, 10))
  })
})

describe('a key verifies', () => {
  const state = [added(1), ...rotated(1, 2, 10, 20), ...rotated(2, 3, 12, 40)].reduce(signingKeys.evolve, signingKeys.initial)
  const kids = (at: number) => verifying(state, later(at)).map(({ kid }) => kid)

  test('until its date, and not at it', () => {
    expect(kids(19)).toEqual(['kid-3', 'kid-1', 'kid-2'])
    expect(kids(20)).toEqual(['kid-3', 'kid-2'])
    expect(kids(40)).toEqual(['kid-3'])
  })

  test('with its public half only', () => {
    expect(verifying(state, later(0))).toEqual([3, 1, 2].map((n) => ({ kid: `kid-${n}`, publicKey: `x-${n}` })))
  })

  test('not before there is one', () => expect(verifying(signingKeys.initial, noon)).toEqual([]))
})

test('however starts and rotations follow each other, one key signs, and what was signed verifies until its date', () => {
  const move = fc.record({
    n: fc.nat(6),
    type: fc.constantFrom('start' as const, 'rotate' as const),
    keeps: fc.nat(5),
    age: fc.option(fc.nat(4)),
  })
  let rotations = 0
  fc.assert(
    fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
      const log: SigningKeyEvent[] = []
      const promised: { kid: string; until: number }[] = []
      moves.forEach(({ n, keeps, age, type: what }, step) => {
        const state = log.reduce(signingKeys.evolve, signingKeys.initial)
        const addedBefore = age === null ? null : later(step - age)
        const command: Command = { type: what, ...key(n), verifyUntil: later(step + keeps), addedBefore, at: later(step) }
        const decision = signingKeys.decide(command, state)
        if (!isRight(decision) || decision.right.length === 0) return
        log.push(...decision.right)
        if (state.current !== null) promised.push({ kid: state.current.kid, until: step + keeps })
        rotations += state.current === null ? 0 : 1
      })
      const { current } = log.reduce(signingKeys.evolve, signingKeys.initial)
      const signed = log.filter(({ type }) => type === 'SigningKeyAdded')
      expect(current?.kid).toBe(signed.at(-1)?.data.kid)
      expect(new Set(signed.map(({ data }) => data.kid)).size).toBe(signed.length)
      for (let at = 0; at < 30; at++) {
        const kids = verifying(log.reduce(signingKeys.evolve, signingKeys.initial), later(at)).map(({ kid }) => kid)
        const expected = promised.filter(({ until }) => at < until).map(({ kid }) => kid)
        expect(kids).toEqual([...(current === null ? [] : [current.kid]), ...expected])
      }
    }),
  )
  expect(rotations).toBeGreaterThan(50)
})
