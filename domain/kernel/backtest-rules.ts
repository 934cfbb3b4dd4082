import type { Either } from 'fp-ts/lib/Either.js'
import type { AttemptId } from './ids.ts'
import type { Instant } from './instant.ts'

/** What a recorded event tells a back-test. `refused`: attempts that nobody checked, so whether they were right is not known. */
export type Told =
  | { readonly type: 'attempt'; readonly id: AttemptId }
  | { readonly type: 'settlement'; readonly id: AttemptId; readonly isRight: boolean }
  | { readonly type: 'lock'; readonly until: Instant }
  | { readonly type: 'unlock' }
  | { readonly type: 'refused'; readonly count: number }
  | { readonly type: 'erased' }
  | { readonly type: 'summary' }
  | { readonly type: 'other' }

/** A decider that can be asked what another policy would have decided. */
export type Rules<State, Event> = {
  readonly initial: State
  readonly evolve: (state: State, event: Event) => State
  readonly tell: (event: Event) => Told
  readonly timeOf: (event: Event) => Instant
  /** Of an attempt such as the recorded one, or as the one that led to the recorded lock. */
  readonly attempt: (state: State, like: Event, at: Instant) => Either<'locked' | 'pending', readonly Event[]>
  readonly settle: (state: State, settlement: Event) => readonly Event[]
  /** When each lock ends. */
  readonly locks: (state: State) => readonly Instant[]
  /** Whether the stream may as well begin anew. */
  readonly isUnused: (state: State) => boolean
}

/** Why a decider lets nobody attempt now. */
export function notAttempted({ type }: { readonly type: string }): 'locked' | 'pending' {
  return type === 'attempts_pending' ? 'pending' : 'locked'
}

/** `isRight`: null where nobody checked. `shortened`: milliseconds of lock that an unlock took away. */
export type Outcome =
  | { readonly type: 'refused'; readonly isRight: boolean | null; readonly count: number; readonly at: Instant }
  | { readonly type: 'admitted'; readonly count: number; readonly at: Instant }
  | { readonly type: 'locked'; readonly until: Instant; readonly at: Instant }
  | { readonly type: 'unlocked'; readonly shortened: number; readonly at: Instant }
