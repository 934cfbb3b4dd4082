import type { SessionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { CodeEntry } from './code-entry.ts'
import type { TotpSecret } from './events.ts'
import type { Recovery } from './recovery-codes.ts'
import type { SentCode } from './send-policy.ts'

type Kept = { readonly secret: TotpSecret; readonly recovery: Recovery }

export type Enrollment = Kept & {
  readonly accountRevision: number
  readonly sessionId: SessionId | null
  readonly startedAt: Instant
}

/** `since`: the revision of the last change to the factor or its recovery codes. Older challenges are void. */
export type Factor =
  | { readonly type: 'none' }
  | ({ readonly type: 'active'; readonly since: number; readonly confirmedAt: Instant; readonly lastStep: number } & Kept)

export type State = {
  readonly revision: number
  readonly factor: Factor
  readonly enrollment: Enrollment | null
  readonly entry: CodeEntry
  /** Not used yet, oldest first. */
  readonly sent: readonly SentCode[]
}
