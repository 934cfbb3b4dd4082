import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { Instant } from '../kernel/instant.ts'
import { type DataKeyEvent, DataKeyWrapped } from './events.ts'

export type State = { readonly type: 'absent' } | { readonly type: 'wrapped'; readonly person: string; readonly wrappedKey: string }

/** `from`: the wrapped key that was opened to make the new one. */
export type Command =
  | { readonly type: 'create'; readonly person: string; readonly wrappedKey: string; readonly at: Instant }
  | { readonly type: 'rewrap'; readonly from: string; readonly wrappedKey: string; readonly at: Instant }

export type Refusal = { readonly type: 'no_data_key' } | { readonly type: 'data_key_rewrapped' }

/** If two are created at once, both callers use the first: what was sealed under it must stay readable. */
export const dataKey: Decider<State, Command, DataKeyEvent, Refusal> = {
  initial: { type: 'absent' },

  evolve: (_state, event) => ({ type: 'wrapped', person: event.data.person, wrappedKey: event.data.wrappedKey }),

  decide: (command, state) => {
    switch (command.type) {
      case 'create': {
        if (state.type === 'wrapped') return right([])
        const { person, wrappedKey, at } = command
        return right([DataKeyWrapped({ person, wrappedKey, at })])
      }
      case 'rewrap': {
        const { from, wrappedKey, at } = command
        if (state.type === 'absent') return left({ type: 'no_data_key' })
        if (state.wrappedKey === wrappedKey) return right([])
        if (state.wrappedKey !== from) return left({ type: 'data_key_rewrapped' })
        return right([DataKeyWrapped({ person: state.person, wrappedKey, at })])
      }
    }
  },
}
