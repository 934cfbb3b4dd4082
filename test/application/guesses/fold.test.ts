import fc from 'fast-check'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { refusedGuesses } from '../../../application/guesses/refused-guesses.ts'
import type { Ports } from '../../../application/needs.ts'
import type { Guessed, RefusedGuessesEvent } from '../../../domain/refused-guesses/events.ts'
import { blindIndex, sealed } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'

type Folded = RefusedGuessesEvent['data']

/** Random guesses by many networks, through windows that the log takes or does not. */
const folding = () => {
  const taken: Folded[] = []
  const state = { isAway: false }
  const decide: Ports['journal']['decide'] = (_, command) => async () => {
    if (state.isAway) return left({ type: 'unavailable', detail: 'away' })
    taken.push(command as unknown as Folded)
    return right({ state: {} as never, revision: 0, events: [], position: 0 })
  }
  const vault: Ports['crypto']['vault'] = {
    seal: (_, __, plain) => async () => right(sealed(plain.replaceAll('.', '-'))),
    unseal: () => async () => left({ type: 'key_shredded' }),
    shred: () => async () => right(undefined),
  }
  const crypto = { vault, indexNetwork: () => blindIndex(1) }
  const { count, record } = refusedGuesses({ decide, now: () => noon, newId: () => 'id', crypto })
  const guess = (guessed: Guessed, n: number) =>
    count(guessed, { address: `192.0.2.${n}`, networks: [`192.0.2.${n}`], userAgent: null, device: null, correlationId: '' })
  return { taken, state, guess, record }
}

const guessed = fc.constantFrom<Guessed>('login_name', 'setup_token', 'challenge')
const step = fc.oneof(
  { weight: 30, arbitrary: fc.record({ guessed, network: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ isAway: fc.boolean() }) },
)
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never

const play = async (steps: readonly Step[]) => {
  const { taken, state, guess, record } = folding()
  const expected = new Map<Guessed, number>()
  let windows = 0
  for (const one of steps) {
    if ('guessed' in one) {
      guess(one.guessed, one.network)
      expected.set(one.guessed, (expected.get(one.guessed) ?? 0) + 1)
      continue
    }
    state.isAway = one.isAway
    await record()
    windows += 1
    expect(taken.length).toBeLessThanOrEqual(windows)
  }
  state.isAway = false
  await record()
  return { expected, found: taken.flatMap(({ guesses }) => guesses) }
}

const sum = (counts: readonly { readonly count: number }[]) => counts.reduce((all, { count }) => all + count, 0)

const expectSources = ({ sources, count, networks }: Folded['guesses'][number]) => {
  expect(sources).toHaveLength(Math.min(10, networks))
  expect(sources).toEqual(sources.toSorted((a, b) => b.count - a.count))
  if (networks <= 10) expect(sum(sources)).toBe(count)
  else expect(sum(sources)).toBeLessThan(count)
}

describe('the fold', () => {
  test('is at most one event a window and ten sources a kind, and its counts are exact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 600, size: 'max' }), async (steps) => {
        const { expected, found } = await play(steps)
        for (const [kind, count] of expected) expect(sum(found.filter(({ guessed }) => guessed === kind))).toBe(count)
        for (const one of found) expectSources(one)
      }),
      { numRuns: 60 },
    )
  })

  test('tells two thousand networks apart, says when there were more, and still counts each guess', async () => {
    const { taken, guess, record } = folding()
    for (let n = 0; n < 2_000; n++) guess('challenge', n)
    await record()
    for (let n = 0; n < 5_000; n++) guess('challenge', n % 2_500)
    await record()
    expect(taken.flatMap(({ guesses }) => guesses)).toMatchObject([
      { count: 2_000, networks: 2_000, hasMoreNetworks: false },
      { count: 5_000, networks: 2_000, hasMoreNetworks: true },
    ])
  })
})
