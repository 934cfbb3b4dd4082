import { right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { Instant } from '../kernel/instant.ts'
import { sameValue } from '../kernel/same-value.ts'
import { type PolicyEvent, PolicyPutInForce, type RecordedPolicy } from './events.ts'

/** `null` before the first policy was recorded. */
export type State = { readonly inForce: RecordedPolicy | null }

export type Command = { readonly type: 'putInForce'; readonly policy: RecordedPolicy; readonly at: Instant }

export type Refusal = never

/** Lets a reader of the log know which limits each decision was made under. A start with the newest policy adds nothing. */
export const policy: Decider<State, Command, PolicyEvent, Refusal> = {
  initial: { inForce: null },
  evolve: (_, { data: { at: __, ...inForce } }) => ({ inForce }),
  decide: ({ policy: { login, codes, session, identity }, at }, { inForce }) => {
    const next = { login, codes, session, identity }
    return right(sameValue(inForce, next) ? [] : [PolicyPutInForce({ ...next, at })])
  },
}
