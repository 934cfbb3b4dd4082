import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'

const rolesOf =
  ({ journal }: Needs<'journal'>) =>
  ({ accountId, roles }: Registered) =>
    pipe(
      journal.load(streams.administrators),
      TE.map(({ state }): ReadonlySet<string> => {
        const administers = state.type === 'set_up' && state.members.has(accountId)
        return administers ? new Set([...roles, administratorRole]) : roles
      }),
    )

/** The stream of the administrators is read only if the `admin` role makes a difference. */
export const secondFactorRequired =
  (needs: Needs<'journal' | 'policy'>) =>
  (account: Registered): TE.TaskEither<StoreFailure, boolean> => {
    const must = needs.policy.requiresSecondFactor(account.roles)
    const mustAsAdministrator = needs.policy.requiresSecondFactor(new Set([...account.roles, administratorRole]))
    return must === mustAsAdministrator ? TE.right(must) : pipe(rolesOf(needs)(account), TE.map(needs.policy.requiresSecondFactor))
  }
