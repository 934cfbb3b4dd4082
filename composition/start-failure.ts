import type { ListenFailure } from '../api/operations/listen.ts'
import type { StoreFailure } from '../application/ports/event-store.ts'
import type { LogoFailure } from '../infrastructure/branding/read-logo.ts'
import type { ConsentsFailure } from '../infrastructure/consents/consents-file.ts'
import type { EventStoreDbStartFailure } from '../infrastructure/event-store/eventstoredb/start-failure.ts'
import type { SqliteStartFailure } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import type { DerivationKeyFailure } from '../infrastructure/sealing/keys/derivation-key.ts'
import type { IndexKeyFailure } from '../infrastructure/sealing/keys/index-key.ts'
import type { MasterKeyFailure } from '../infrastructure/sealing/keys/master-key.ts'
import { sealingFailureText } from '../infrastructure/sealing/sealing-failure-text.ts'
import type { ServiceTokensFailure } from '../infrastructure/tokens/service-tokens-file.ts'

export type BreachListFailure = { readonly type: 'no_breach_list'; readonly detail: string }

export type ClockFailure = { readonly type: 'clock_jumped'; readonly detail: string }

export type StartFailure =
  | SqliteStartFailure
  | EventStoreDbStartFailure
  | MasterKeyFailure
  | IndexKeyFailure
  | DerivationKeyFailure
  | StoreFailure
  | ClockFailure
  | BreachListFailure
  | LogoFailure
  | ConsentsFailure
  | ServiceTokensFailure

/** One sentence for the operator, without secrets. */
export function startFailureText(failure: StartFailure | ListenFailure): string {
  if ('detail' in failure) return failure.detail
  if (failure.type === 'conflict' || failure.type === 'stream_deleted') return `The log refused a write at start (${failure.type}).`
  return sealingFailureText(failure)
}
