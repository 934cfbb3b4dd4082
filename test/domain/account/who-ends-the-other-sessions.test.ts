import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import type { AccountEvent } from '../../../domain/account/events.ts'
import { survives, survivesSince } from '../../../domain/account/state.ts'
import { aHistory, endings, type Noted, playAccount, stateAfter } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { later } from '../../support/domain/time.ts'

type Keep = Extract<Command, { type: 'revokeOtherSessions' }>['keep']

/** The log after the other sessions were ended, or null if that was refused. */
const ended = (log: readonly AccountEvent[], keep: Keep) => {
  const command: Command = { type: 'revokeOtherSessions', because: 'second_factor_enrolled', keep, at: later(9_000_000) }
  const decision = account.decide(command, stateAfter(log))
  return isLeft(decision) ? null : [...log, ...decision.right]
}

const livingIn = (log: readonly AccountEvent[], noted: readonly Noted[]) =>
  noted.filter(({ bound }) => survives(stateAfter(log), bound)).map(({ bound }) => bound.sessionId)

/** Plays a history. Returns its log and the list of sessions kept by hand. */
const played = (moves: Parameters<typeof playAccount>[0]) => {
  let sessions: readonly Noted[] = []
  const log = playAccount(moves, (_, noted) => {
    sessions = noted
  })
  return { log, sessions }
}

test('a session ends the others if it lives, and is then the only one', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (moves) => {
      const { log, sessions } = played(moves)
      for (const { bound, alive } of sessions) {
        const after = ended(log, bound)
        expect(after !== null).toBe(alive)
        if (after !== null) expect(livingIn(after, sessions)).toEqual([bound.sessionId])
        cases.count(alive ? 'alive' : 'dead')
      }
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(20, 'alive', 'dead')
})

test('a log-in ends them all if nothing ended sessions since its password was checked, and proves something from then on', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (moves) => {
      const { log, sessions } = played(moves)
      for (let checkedAt = 0; checkedAt < log.length; checkedAt++) {
        const isCurrent = stateAfter(log).type === 'active' && !log.slice(checkedAt + 1).some(({ type }) => endings.has(type))
        const after = ended(log, { checkedAt })
        expect(after !== null).toBe(isCurrent)
        expect(survivesSince(stateAfter(log), checkedAt)).toBe(isCurrent)
        cases.count(isCurrent ? 'current' : 'outdated')
        if (after === null) continue
        expect(livingIn(after, sessions)).toEqual([])
        expect(survivesSince(stateAfter(after), checkedAt)).toBe(false)
        expect(survivesSince(stateAfter(after), after.length - 1)).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(20, 'current', 'outdated')
})

test('from without they all end, wherever there is an account', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (moves) => {
      const { log, sessions } = played(moves)
      const { type } = stateAfter(log)
      const after = ended(log, null)
      expect(after !== null).toBe(type === 'active' || type === 'disabled')
      if (after !== null) expect(livingIn(after, sessions)).toEqual([])
      cases.count(type)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(10, 'active', 'disabled', 'erased')
})
