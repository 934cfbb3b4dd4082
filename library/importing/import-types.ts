import type { ClaimValue } from '../../domain/account/events.ts'
import type { ActorOption } from '../host-input.ts'

/** An account of another system. */
export type ImportedAccount = {
  readonly email: string
  /** Whether you vouch for the mailbox; false if it is left out. */
  readonly emailVerified?: boolean | undefined
  /** In one of the forms of docs/import.md. `external`: `verifyLegacyPassword` is asked. Left out or `null`: none yet, as for somebody who is invited. */
  readonly passwordHash?: string | null | undefined
  /** Base32, for codes of 6 digits every 30 seconds (SHA-1). */
  readonly totpSecret?: string | undefined
  /** `admin` is refused: grant it afterwards. */
  readonly roles?: readonly string[] | undefined
  readonly claims?: Readonly<Record<string, ClaimValue>> | undefined
  readonly disabled?: boolean | undefined
}

/** `number` counts the accounts from 1. `accountId` is `null` in a dry run. */
export type ImportResult =
  | { readonly number: number; readonly outcome: 'created'; readonly accountId: string | null }
  | { readonly number: number; readonly outcome: 'skipped'; readonly accountId: string }
  | { readonly number: number; readonly outcome: 'refused'; readonly reason: string }

/** `actor` is `{ system: 'import' }` if it is left out. `onResult` is called for each account, not always in order. */
export type ImportOptions = ActorOption & {
  /** Reads and checks everything, and records nothing. */
  readonly dryRun?: boolean | undefined
  readonly onResult?: ((result: ImportResult) => void) | undefined
}

/** `refusals`: the first 1,000. */
export type ImportReport = {
  readonly created: number
  readonly skipped: number
  readonly refused: number
  readonly refusals: { readonly number: number; readonly reason: string }[]
}
