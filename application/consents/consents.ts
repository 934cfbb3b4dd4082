import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Consent } from '../../domain/consent/decider.ts'
import type { ConsentPurpose } from '../../domain/consent/purpose.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

const offered = ({ policy }: Needs<'policy'>, purpose: string, version: string) => {
  const known = policy.consents.find((offer) => offer.purpose === purpose)
  return pipe(
    TE.fromNullable({ type: 'no_such_purpose' as const })(known),
    TE.filterOrElseW(
      (offer) => offer.version === version,
      () => ({ type: 'consent_outdated' as const }),
    ),
  )
}

type Choice = { readonly accountId: AccountId; readonly purpose: string; readonly version: string; readonly given: boolean }

/** Counts only for the text that is current, which is the one that the caller was shown. */
export const chooseConsent =
  (needs: Needs<'journal' | 'policy'>) =>
  ({ accountId, purpose, version, given }: Choice, caller: Caller) =>
    pipe(
      offered(needs, purpose, version),
      TE.chainW(() => {
        const at = needs.journal.now()
        const command = given ? { type: 'give' as const, purpose, version, at } : { type: 'withdraw' as const, purpose, at }
        return needs.journal.decide(streams.consent(accountId), command, metadataOf(caller, accountId))
      }),
    )

const withChoice = (offer: ConsentPurpose, choice: Consent | undefined) => ({
  ...offer,
  given: choice?.isGiven === true,
  givenVersion: choice?.isGiven === true ? choice.version : null,
  at: choice?.at ?? null,
})

export const consentsOf = (needs: Needs<'journal' | 'policy'>) => (accountId: AccountId) =>
  pipe(
    needs.journal.load(streams.consent(accountId)),
    TE.map(({ state }) => needs.policy.consents.map((offer) => withChoice(offer, state.consents.get(offer.purpose)))),
  )
