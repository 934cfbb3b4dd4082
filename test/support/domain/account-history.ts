import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { account, type Command } from '../../../domain/account/decider.ts'
import type { AccountEvent } from '../../../domain/account/events.ts'
import { type BoundSession, linksRevisionOf } from '../../../domain/account/state.ts'
import { accountId, blindIndex, sealed, sessionId } from './ids.ts'
import { later } from './time.ts'

/** A session in a list kept by hand. `tooLate`: sessions were ended between its password check and its grant. */
export type Noted = { readonly bound: BoundSession; readonly tooLate: boolean; alive: boolean }

/**
 * `late`: how many events ago the password was checked, or the ticket for a reset issued. `from`: the session that asks, counted back from
 * the newest. `wait`: milliseconds before.
 */
const move = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('grant' as const), late: fc.oneof(fc.constant(0), fc.nat(4)) }), weight: 12 },
  { arbitrary: fc.record({ type: fc.constant('change' as const), from: fc.nat(3), late: fc.oneof(fc.constant(0), fc.nat(2)) }), weight: 6 },
  { arbitrary: fc.record({ type: fc.constantFrom('revoke' as const, 'rehash' as const) }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('set' as const), mustChange: fc.boolean() }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('replaceRequired' as const), late: fc.oneof(fc.constant(0), fc.nat(2)) }), weight: 2 },
  {
    arbitrary: fc.record({ type: fc.constantFrom('grantRole' as const, 'withdrawRole' as const), role: fc.constantFrom('a', 'b') }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ type: fc.constant('others' as const), by: fc.constantFrom('session', 'checking', 'nobody'), from: fc.nat(3) }),
    weight: 3,
  },
  { arbitrary: fc.record({ type: fc.constant('reset' as const), late: fc.oneof(fc.constant(0), fc.nat(4)) }), weight: 2 },
  {
    arbitrary: fc.record({ type: fc.constant('offer' as const), wait: fc.oneof(fc.nat(600_000), fc.constantFrom(299_998, 299_999)) }),
    weight: 3,
  },
  { arbitrary: fc.record({ type: fc.constant('replaceEmail' as const), late: fc.oneof(fc.constant(0), fc.nat(4)) }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('askForEmail' as const), from: fc.nat(3), wait: fc.nat(600_000) }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constantFrom('disable' as const, 'enable' as const) }), weight: 3 },
  { arbitrary: fc.nat(3).map((n) => ({ type: n === 0 ? ('erase' as const) : ('enable' as const) })), weight: 1 },
)
export type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

export const aHistory = fc.array(move, { minLength: 20, maxLength: 40 })

const registered: Command = {
  type: 'register',
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('email'),
  passwordHash: sealed('hash-0'),
  emailVerified: false,
  at: later(0),
}

/** The events after which links that were mailed before are void. */
export const isEndOfLinks = (type: string) => endings.has(type) || type === 'EmailReplaced'

/** The events that end sessions. */
export const endings: ReadonlySet<string> = new Set([
  'PasswordReplaced',
  'AllSessionsRevoked',
  'OtherSessionsRevoked',
  'AccountDisabled',
  'AccountErased',
])

export const stateAfter = (log: readonly AccountEvent[]) => log.reduce(account.evolve, account.initial)

/** Plays moves through the decider and keeps a list of the active sessions by hand. Calls `look` after every move. */
export const playAccount = (moves: readonly Move[], look?: (log: readonly AccountEvent[], noted: readonly Noted[]) => void) => {
  const log: AccountEvent[] = []
  const noted: Noted[] = []
  let now = 0
  const happens = (command: Command) => {
    const decision = account.decide(command, stateAfter(log))
    if (isRight(decision)) log.push(...decision.right)
    return isRight(decision) && decision.right.length > 0
  }
  const endsAllBut = (kept: Noted | null, command: Command) => {
    if (!happens(command)) return
    for (const session of noted) session.alive &&= session === kept
  }
  const grant = (late: number) => {
    const accountRevision = Math.max(0, log.length - 1 - late)
    if (stateAfter(log.slice(0, accountRevision + 1)).type !== 'active') return
    const tooLate = log.slice(accountRevision + 1).some(({ type }) => endings.has(type))
    noted.push({ bound: { sessionId: sessionId(noted.length), accountRevision }, tooLate, alive: !tooLate })
  }
  const change = (from: number, late: number) => {
    const asking = noted.at(-1 - from)
    if (asking === undefined) return
    const checkedAt = Math.max(0, log.length - 1 - late)
    const passwordHash = sealed(`hash-${log.length}`)
    endsAllBut(asking, { type: 'changePassword', passwordHash, checkedAt, keep: asking.bound, at: later(now) })
  }
  const endOthers = (by: string, from: number) => {
    const asking = noted.at(-1 - from)
    const because = 'second_factor_enrolled' as const
    if (by === 'session' && asking === undefined) return
    if (by === 'session' && asking !== undefined)
      return endsAllBut(asking, { type: 'revokeOtherSessions', because, keep: asking.bound, at: later(now) })
    const keep = by === 'checking' ? { checkedAt: Math.max(0, log.length - 1 - from) } : null
    endsAllBut(null, { type: 'revokeOtherSessions', because, keep, at: later(now) })
  }
  const reset = (late: number) => {
    const then = stateAfter(log.slice(0, Math.max(1, log.length - late)))
    if (then.type !== 'active') return
    const passwordHash = sealed(`hash-${log.length}`)
    endsAllBut(null, { type: 'resetPassword', passwordHash, linksRevision: linksRevisionOf(then), at: later(now) })
  }
  const replaceEmail = (late: number) => {
    const then = stateAfter(log.slice(0, Math.max(1, log.length - late)))
    if (then.type !== 'active') return
    const [emailIndex, email] = [blindIndex(log.length), sealed(`email-${log.length}`)]
    happens({
      type: 'replaceEmail',
      emailIndex,
      email,
      emailVerified: log.length % 2 === 0,
      linksRevision: linksRevisionOf(then),
      at: later(now),
    })
  }
  const askForEmail = (from: number) => {
    const by = noted.at(-1 - from)?.bound
    if (by !== undefined) happens({ type: 'requestEmailChange', by, at: later(now) })
  }
  const play = (step: Move) => {
    now += 'wait' in step ? step.wait + 1 : 1
    const at = later(now)
    switch (step.type) {
      case 'grant':
        return grant(step.late)
      case 'change':
        return change(step.from, step.late)
      case 'others':
        return endOthers(step.by, step.from)
      case 'reset':
        return reset(step.late)
      case 'replaceEmail':
        return replaceEmail(step.late)
      case 'askForEmail':
        return askForEmail(step.from)
      case 'set':
        return endsAllBut(null, { type: 'setPassword', passwordHash: sealed(`hash-${log.length}`), mustChange: step.mustChange, at })
      case 'replaceRequired': {
        const checkedAt = Math.max(0, log.length - 1 - step.late)
        return endsAllBut(null, { type: 'changeRequiredPassword', passwordHash: sealed(`hash-${log.length}`), checkedAt, at })
      }
      case 'offer':
        return happens({ type: 'requestReset', at })
      case 'rehash':
        return happens({ type: 'rehash', passwordHash: sealed(`hash-${log.length}`), checkedAt: log.length - 1, at })
      case 'grantRole':
      case 'withdrawRole':
        return happens({ type: step.type, role: step.role, at })
      case 'enable':
        return happens({ type: 'enable', at })
      case 'revoke':
        return endsAllBut(null, { type: 'revokeSessions', because: 'logged_out_everywhere', at })
      case 'disable':
        return endsAllBut(null, { type: 'disable', at })
      case 'erase':
        return endsAllBut(null, { type: 'erase', because: 'requested_by_owner', by: null, at })
    }
  }

  happens(registered)
  for (const step of moves) {
    play(step)
    look?.(log, noted)
  }
  return log
}
