import { byCommand } from '../kernel/explain/explanation.ts'
import { type Command, consent, type State } from './decider.ts'
import type { ConsentEvent } from './events.ts'

const commandOf = (_: State, [event]: readonly ConsentEvent[]): Command | null => {
  if (event?.type === 'ConsentGiven') return { type: 'give', ...event.data }
  return event?.type === 'ConsentWithdrawn' ? { type: 'withdraw', purpose: event.data.purpose, at: event.data.at } : null
}

export const consentExplainer = byCommand(consent, commandOf)
