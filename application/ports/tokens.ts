import type { TokenHash } from '../../domain/kernel/ids.ts'

export type Tokens = {
  /** 256 random bits, base64url. */
  readonly make: () => string
  readonly hash: (token: string) => TokenHash
}

/** Keyed and derived secrets that hang on the master key, each under a purpose of its own. */
export type Derive = (purpose: 'totp' | 'recovery' | 'recovery_code_hash', ...parts: readonly string[]) => Uint8Array
