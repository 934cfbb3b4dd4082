import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SystemActor } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Journal } from '../journal/journal.ts'
import { streams } from '../journal/streams.ts'
import type { Now } from '../ports/clock.ts'

type Needs = { readonly journal: Pick<Journal<'account' | 'secondFactor' | 'restoration'>, 'decide'> & { readonly now: Now } }

type Acting = { readonly actor: SystemActor; readonly correlationId: string }

const metadataOf = (acting: Acting) => ({ ...acting, causationId: null })

/** What was used or ended since the backup is not known, so everything like a session or a code that the account had then is void. `timeStep`: only later codes count. */
export const endEpochOf =
  ({ journal }: Needs) =>
  (accountId: AccountId, timeStep: number, acting: Acting) =>
    pipe(
      journal.decide(
        streams.account(accountId),
        { type: 'revokeSessions', because: 'log_restored', at: journal.now() },
        metadataOf(acting),
      ),
      TE.chainW(() =>
        journal.decide(streams.secondFactor(accountId), { type: 'voidCodes', timeStep, at: journal.now() }, metadataOf(acting)),
      ),
      TE.map(() => undefined),
    )

/** Once it is so for each of the `accounts`. */
export const recordRestoration =
  ({ journal }: Needs) =>
  (restored: { readonly backedUpAt: Instant; readonly accounts: number }, acting: Acting) =>
    journal.decide(streams.restorations, { type: 'record', ...restored, at: journal.now() }, metadataOf(acting))
