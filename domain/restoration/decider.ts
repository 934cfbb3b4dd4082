import { right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { Instant } from '../kernel/instant.ts'
import { LogRestored, type RestorationEvent } from './events.ts'

/** How often the log was restored. */
export type State = { readonly epoch: number }

export type Command = { readonly type: 'record'; readonly backedUpAt: Instant; readonly accounts: number; readonly at: Instant }

export type Refusal = never

/** It only records: each account ends its own sessions and codes, in its own streams. */
export const restoration: Decider<State, Command, RestorationEvent, Refusal> = {
  initial: { epoch: 0 },
  evolve: ({ epoch }) => ({ epoch: epoch + 1 }),
  decide: ({ type: _, ...recorded }) => right([LogRestored(recorded)]),
}
