import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'

type Imported = { readonly accountId: AccountId; readonly secret: string }

/** Active at once, for it was confirmed elsewhere. No recovery code comes with it. */
export const importSecondFactor =
  ({ journal, crypto }: Needs<'journal' | 'crypto'>) =>
  ({ accountId, secret }: Imported, metadata: Metadata) =>
    pipe(
      crypto.vault.seal(accountId, 'totp_secret', secret),
      TE.chainW((sealed) => {
        const kept = { secret: { mode: 'sealed' as const, secret: sealed }, recoveryCodes: { scheme: 'single-use' as const, hashes: [] } }
        return journal.decide(streams.secondFactor(accountId), { type: 'import', ...kept, at: journal.now() }, metadata)
      }),
    )
