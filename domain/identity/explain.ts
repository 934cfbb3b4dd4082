import type { Explainer } from '../kernel/explain/explanation.ts'
import type { ExplanationRule } from '../kernel/explain/explanation-names.ts'
import { between, times } from '../kernel/explain/reasons.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import { type Command, identity } from './decider.ts'
import type { IdentityEvent } from './events.ts'
import type { RotationPolicy } from './rotation.ts'
import { initialIdentity, keyAt, type State } from './state.ts'

const commandOf = (state: State, [event, next]: readonly IdentityEvent[]): Command | null => {
  const by = state.type === 'introduced' && event !== undefined ? keyAt(state, event.data.at).sequence : 0
  switch (event?.type) {
    case 'IdentityIntroduced':
      return { type: 'introduce', ...event.data }
    case 'KeyClaimed':
      return { type: 'claim', ...event.data }
    case 'KeyProved':
      return { type: 'prove', ...event.data, by: event.data.keySequence }
    case 'KeyRotationProposed':
      return { type: 'proposeRotation', ...event.data, by }
    case 'KeyRotationCancelled':
      return { type: 'cancelRotation', ...event.data, by }
    case 'KeyRotationCompleted':
      // A completion that is due is appended with what shows that it is.
      return next !== undefined && next.type !== 'KeyRotationCompleted' && next.data.at === event.data.at
        ? commandOf(state, [next])
        : { type: 'completeRotation', at: event.data.at }
    case 'BlobPublished':
      return { type: 'publishBlob', ...event.data, by: event.data.keySequence, replaces: event.data.version - 1 }
    case 'IdentityRetired':
      return { type: 'retire', ...event.data }
    default:
      return null
  }
}

const windowOf = (state: State, policy: RotationPolicy, at: Instant) => {
  const pending = state.type === 'introduced' ? state.pending : null
  return pending === null
    ? between('rotation', at, instant(at + policy.rotation))
    : between('rotation', pending.proposedAt, pending.deadline)
}

const rules: Partial<Record<IdentityEvent['type'], ExplanationRule>> = {
  KeyRotationProposed: 'rotation_proposed',
  KeyRotationCancelled: 'rotation_cancelled',
  KeyRotationCompleted: 'rotation_due',
}

export function identityExplainer(policy: RotationPolicy): Explainer<State, Command, IdentityEvent> {
  return {
    decider: identity(policy),
    commandOf,
    isOneAppend: () => false,
    reasonsFor: (state, [event]) => {
      const rule = (event && rules[event.type]) ?? 'by_command'
      if (event === undefined || rule === 'by_command') return { rule, budget: null, counters: [], windows: [] }
      const counters = 'sequence' in event.data ? [times('rotation', event.data.sequence)] : []
      return {
        rule,
        budget: null,
        counters,
        windows: [windowOf(rule === 'rotation_proposed' ? initialIdentity : state, policy, event.data.at)],
      }
    },
  }
}
