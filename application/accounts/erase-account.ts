import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { AccountErased } from '../../domain/account/events.ts'
import type { BoundSession } from '../../domain/account/state.ts'
import { EmailReleased } from '../../domain/email-claim/events.ts'
import { IdentityRetired } from '../../domain/identity/events.ts'
import type { AccountId, Actor, BlindIndex, Fingerprint } from '../../domain/kernel/ids.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import { removeAdministrator } from '../administration/administer.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { retireIdentity } from '../identities/retire-identity.ts'
import { streams } from '../journal/streams.ts'
import { eraseOriginsAt } from '../login/erase-origins.ts'
import type { Needs } from '../needs.ts'
import type { Metadata, RecordedEvent } from '../ports/event-store.ts'
import { releaseEmail } from './claim-email.ts'

type Erased = { readonly accountId: AccountId; readonly email: BlindIndex | null; readonly identities: readonly Fingerprint[] }

const release = (needs: Needs<'journal'>, owned: { readonly accountId: AccountId; readonly email: BlindIndex }, metadata: Metadata) =>
  pipe(
    releaseEmail(needs)(owned, 'account_erased', metadata),
    TE.map(() => undefined),
  )

/** Idempotent, because a start after a crash repeats it. */
export const completeErasure =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, email, identities }: Erased, metadata: Metadata) =>
    pipe(
      // First, because the deletion of the key also takes what was replaced off the disk. The key goes even if they cannot be read.
      TE.fromTask(eraseOriginsAt(needs, [...(email === null ? [] : [email]), ...identities.map(needs.crypto.indexFingerprint)])),
      TE.chainFirstW(() => needs.crypto.vault.shred(accountId)),
      TE.chainEitherKW((origins) => origins),
      TE.chainW(() => TE.traverseSeqArray(retireIdentity(needs, 'account_erased', metadata))(identities)),
      TE.chainW(() => (email === null ? TE.right(undefined) : release(needs, { accountId, email }, metadata))),
      TE.map(() => undefined),
    )

/** `by`: the owner's session, which must not have ended when the erasure is decided. */
type Erasure = {
  readonly accountId: AccountId
  readonly because: 'requested_by_owner' | 'requested_by_admin' | 'requested_by_host'
  readonly actor: Actor
  readonly by?: BoundSession | null
}

export const eraseAccount =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, because, actor, by = null }: Erasure, caller: Caller) => {
    const { journal } = needs
    const metadata = metadataOf(caller, actor)
    return pipe(
      removeAdministrator(needs, { accountId, actor }, caller),
      TE.chainW(() => journal.decide(streams.account(accountId), { type: 'erase', because, by, at: journal.now() }, metadata)),
      TE.chainW(({ state }) =>
        state.type === 'erased'
          ? completeErasure(needs)({ accountId, email: state.emailIndex, identities: state.identities }, metadata)
          : TE.right(undefined),
      ),
      TE.chainFirstW(() => removeAdministrator(needs, { accountId, actor }, caller)),
    )
  }

/** The key is deleted between the two events, so a key that was cached again in between is dropped at the second. */
export function erasedPersons(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap(({ type, stream, data }) => {
    if (type === AccountErased.type) return [idInStream(stream)]
    return type === EmailReleased.type || type === IdentityRetired.type ? [(data as { readonly accountId: string }).accountId] : []
  })
}

export type OwedErasure = { readonly accountId: AccountId }

/** Returns how many are still owed. */
export async function finishErasures(needs: Needs<'journal' | 'crypto'>, erasures: readonly OwedErasure[]) {
  const metadata = { actor: 'system', correlationId: needs.journal.newId(), causationId: null }
  let owed = 0
  for (const { accountId } of erasures) {
    const completed = pipe(
      needs.journal.load(streams.account(accountId)),
      TE.chainW(({ state }) =>
        state.type === 'erased' ? completeErasure(needs)({ ...state, email: state.emailIndex }, metadata) : TE.right(undefined),
      ),
    )
    if (isLeft(await completed())) owed += 1
  }
  return owed
}
