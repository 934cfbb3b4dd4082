import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { RecoveryCodeSet, TotpSecret } from '../../domain/second-factor/events.ts'
import type { Needs } from '../dependencies.ts'
import type { OpenRecoverySet } from '../ports/recovery-codes.ts'

type Keeping = Needs<'vault' | 'otp' | 'derive' | 'tokens' | 'totpSecrets' | 'recoveryCodes'>

const derived = ({ otp, derive }: Keeping, accountId: AccountId, salt: string) => otp.secretOf(derive('totp', accountId, salt))

/** A new secret, and how the log keeps it: sealed, or as the salt that it is derived from. Either goes when the person is erased. */
export function makeSecret(needs: Keeping, accountId: AccountId) {
  if (needs.totpSecrets === 'sealed') {
    const secret = needs.otp.newSecret()
    return pipe(
      needs.vault.seal(accountId, 'totp_secret', secret),
      TE.map((sealed) => ({ secret, kept: { mode: 'sealed', secret: sealed } satisfies TotpSecret as TotpSecret })),
    )
  }
  const salt = needs.tokens.make()
  return pipe(
    needs.vault.seal(accountId, 'totp_salt', salt),
    TE.map((sealed) => ({
      secret: derived(needs, accountId, salt),
      kept: { mode: 'derived', salt: sealed } satisfies TotpSecret as TotpSecret,
    })),
  )
}

export function openSecret(needs: Keeping, accountId: AccountId, kept: TotpSecret) {
  return kept.mode === 'sealed'
    ? needs.vault.unseal('totp_secret', kept.secret)
    : pipe(
        needs.vault.unseal('totp_salt', kept.salt),
        TE.map((salt) => derived(needs, accountId, salt)),
      )
}

/** New recovery codes, to be shown once, and how the log keeps them. */
export function makeRecoveryCodes({ vault, recoveryCodes }: Keeping, accountId: AccountId) {
  const { codes, set } = recoveryCodes.issue(accountId)
  if (set.scheme === 'single-use') return TE.right({ codes, kept: { ...set, hashes: [...set.hashes] } as RecoveryCodeSet })
  return pipe(
    vault.seal(accountId, 'recovery_salt', set.salt),
    TE.map((salt) => ({ codes, kept: { ...set, salt } as RecoveryCodeSet })),
  )
}

export function openRecoverySet({ vault }: Keeping, kept: RecoveryCodeSet) {
  return kept.scheme === 'single-use'
    ? TE.right<never, OpenRecoverySet>(kept)
    : pipe(
        vault.unseal('recovery_salt', kept.salt),
        TE.map((salt): OpenRecoverySet => ({ ...kept, salt })),
      )
}
