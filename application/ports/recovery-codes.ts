export type OpenRecoverySet =
  | { readonly scheme: 'single-use'; readonly hashes: readonly string[] }
  | { readonly scheme: 'jump-ahead'; readonly salt: string; readonly count: number }

/** Shown once. `codes[0]` is number 1. */
export type IssuedRecoveryCodes = { readonly codes: readonly string[]; readonly set: OpenRecoverySet }

export type RecoveryCodes = {
  readonly issue: (accountId: string) => IssuedRecoveryCodes
  /** Counts from 1, for spent codes too. Takes the same time for each code of a set. */
  readonly matchingNumber: (accountId: string, set: OpenRecoverySet, code: string) => number | null
}

/** By its form only: six digits are a one-time code, 13 letters and digits a recovery code. Blanks and dashes are dropped. */
export type ReadCode = (typed: string) => { readonly type: 'one_time_code' | 'recovery_code' | 'neither'; readonly code: string }
