import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { RecoveryCodeSet, TotpSecret } from '../../domain/second-factor/events.ts'
import type { Needs } from '../needs.ts'
import type { OpenRecoverySet } from '../ports/recovery-codes.ts'

type Crypto = Needs<'crypto'>

const derived = ({ crypto }: Crypto, accountId: AccountId, salt: string) => crypto.otp.secretOf(crypto.derive('totp', accountId, salt))

export function makeSecret(needs: Needs<'crypto' | 'policy'>, accountId: AccountId) {
  if (needs.policy.totpSecrets === 'sealed') {
    const secret = needs.crypto.otp.newSecret()
    return pipe(
      needs.crypto.vault.seal(accountId, 'totp_secret', secret),
      TE.map((sealed) => ({ secret, kept: { mode: 'sealed', secret: sealed } satisfies TotpSecret as TotpSecret })),
    )
  }
  const salt = needs.crypto.tokens.make()
  return pipe(
    needs.crypto.vault.seal(accountId, 'totp_salt', salt),
    TE.map((sealed) => ({
      secret: derived(needs, accountId, salt),
      kept: { mode: 'derived', salt: sealed } satisfies TotpSecret as TotpSecret,
    })),
  )
}

export function openSecret(needs: Crypto, accountId: AccountId, kept: TotpSecret) {
  return kept.mode === 'sealed'
    ? needs.crypto.vault.unseal('totp_secret', kept.secret)
    : pipe(
        needs.crypto.vault.unseal('totp_salt', kept.salt),
        TE.map((salt) => derived(needs, accountId, salt)),
      )
}

export function makeRecoveryCodes({ crypto }: Crypto, accountId: AccountId) {
  const { codes, set } = crypto.recoveryCodes.issue(accountId)
  if (set.scheme === 'single-use') return TE.right({ codes, kept: { ...set, hashes: [...set.hashes] } as RecoveryCodeSet })
  return pipe(
    crypto.vault.seal(accountId, 'recovery_salt', set.salt),
    TE.map((salt) => ({ codes, kept: { ...set, salt } as RecoveryCodeSet })),
  )
}

export function openRecoverySet({ crypto }: Crypto, kept: RecoveryCodeSet) {
  return kept.scheme === 'single-use'
    ? TE.right<never, OpenRecoverySet>(kept)
    : pipe(
        crypto.vault.unseal('recovery_salt', kept.salt),
        TE.map((salt): OpenRecoverySet => ({ ...kept, salt })),
      )
}
