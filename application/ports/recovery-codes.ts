/** A set of recovery codes with its salt opened: `RecoverySet` of the second factor, for whoever makes or checks codes. */
export type OpenRecoverySet =
  | { readonly scheme: 'single-use'; readonly hashes: readonly string[] }
  | { readonly scheme: 'jump-ahead'; readonly salt: string; readonly count: number }

/** Shown once: `codes[0]` is number 1. */
export type IssuedRecoveryCodes = { readonly codes: readonly string[]; readonly set: OpenRecoverySet }

export type RecoveryCodes = {
  /** New codes of the configured scheme; of jump-ahead codes the salt is to be sealed. */
  readonly issue: (accountId: string) => IssuedRecoveryCodes
  /** The number (from 1) of the code in the set, spent or not, or null. Takes as long for each code of a set; works for sets of either scheme. */
  readonly matchingNumber: (accountId: string, set: OpenRecoverySet, code: string) => number | null
}

/** What a text looks like, whatever it is worth: six digits are a one-time code, 13 letters and digits a recovery code. */
export type CodeLooksLike = 'one_time_code' | 'recovery_code' | 'neither'
