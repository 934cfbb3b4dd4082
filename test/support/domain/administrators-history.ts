import fc from 'fast-check'
import { administrators, type Command } from '../../../domain/administrators/decider.ts'
import type { AdministratorsEvent } from '../../../domain/administrators/events.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { accountId } from './ids.ts'
import { interleave, someTurns } from './interleave.ts'

const does = (what: Command['type'], weight: number) => ({ arbitrary: fc.constant(what), weight })

export const aHistory = fc.record({
  moves: fc.array(
    fc.record({
      type: fc.oneof(does('completeSetup', 3), does('reopenSetup', 2), does('add', 4), does('remove', 6)),
      who: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 15, maxLength: 30 },
  ),
  turns: someTurns(29, fc.nat(9)),
})
type History = typeof aHistory extends fc.Arbitrary<infer H> ? H : never

/** The third one has no password. */
export const able = new Set([accountId(1), accountId(2)])

export const playAdministrators = ({ moves, turns }: History) => {
  const userOf = (move: History['moves'][number]) => [
    (at: Instant): Command => ({ type: move.type, accountId: accountId(move.who), able, at }),
  ]
  return interleave(administrators, [], moves.map(userOf), turns)
}

/** The administrators, by a list kept by hand. */
export const administratorsIn = (log: readonly AdministratorsEvent[]) => {
  const members: AccountId[] = []
  for (const { type, data } of log) {
    if (type === 'SetupCompleted' || type === 'AdministratorAdded') members.push(data.accountId)
    else members.splice(members.indexOf(data.accountId), 1)
  }
  return members
}
