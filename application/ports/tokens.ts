import type { TokenHash } from '../../domain/kernel/ids.ts'

export type Tokens = {
  /** 256 random bits, base64url. */
  readonly make: () => string
  readonly hash: (token: string) => TokenHash
}

/** Secrets derived from a key in the log, one domain per purpose. */
export type Derive = (
  purpose:
    | 'totp'
    | 'recovery'
    | 'recovery_code_hash'
    | 'refresh_token'
    | 'refresh_token_tag'
    | 'session_token'
    | 'sealed_number'
    | 'identity_challenge'
    | 'export_receipt',
  ...parts: readonly string[]
) => Uint8Array
