import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import type { AccountEvent } from '../../../domain/account/events.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { accountId, blindIndex, sealed } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'
import { noon } from '../../support/domain/time.ts'

const by = accountId(9)
const past = [
  {
    type: 'create' as const,
    ...{ accountId: accountId(1), emailIndex: blindIndex(1), email: sealed('email'), passwordHash: sealed('none') },
    ...{ by, isInvited: true, emailVerified: false, roles: [], claims: [], at: noon },
  },
].flatMap((command) => {
  const decided = account.decide(command, account.initial)
  return decided._tag === 'Right' ? [...decided.right] : []
})

const password = (kind: string, n: number) => sealed(`${kind}-${n}`)
const accept = (n: number) => [
  (at: Instant): Command => ({ type: 'acceptInvitation', passwordHash: password('accepted', n), linksRevision: 0, at }),
]
const others: readonly ((at: Instant) => Command)[] = [
  (at) => ({ type: 'resetPassword', passwordHash: password('reset', 0), linksRevision: 0, at }),
  (at) => ({ type: 'revokeSessions', because: 'revoked_by_admin', at }),
  (at) => ({ type: 'disable', at }),
  (at) => ({ type: 'grantRole', role: 'editor', at }),
  (at) => ({ type: 'recordInvitation', by, at }),
]

const ends = new Set<AccountEvent['type']>(['InvitationAccepted', 'PasswordReplaced', 'AllSessionsRevoked', 'AccountDisabled'])

test('of many uses of an invitation one succeeds, unless the password was reset or sessions ended first', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), fc.shuffledSubarray([...others]), someTurns(11, fc.nat(9)), (uses, chosen, turns) => {
      const users = [...Array.from({ length: uses }, (_, n) => accept(n)), ...chosen.map((command) => [command])]
      const once = users.map((_, user) => ({ user, wait: 0 }))
      const { log, outcomes, conflicts } = interleave(account, past, users, [...turns, ...Array(12).fill(once).flat()])
      const first = log.find(({ type }) => ends.has(type))
      const expected = first?.type === 'InvitationAccepted' ? 1 : 0
      const ofUses = outcomes.filter(({ command }) => command.type === 'acceptInvitation')
      expect(ofUses).toHaveLength(uses)
      expect(log.filter(({ type }) => type === 'InvitationAccepted')).toHaveLength(expected)
      expect(ofUses.filter(({ refusal }) => refusal?.type === 'password_outdated')).toHaveLength(uses - expected)
      cases.count(expected === 1 ? 'one' : 'none')
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(10, 'one', 'none', 'a lost race')
})
