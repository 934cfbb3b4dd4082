import { byCommand } from '../kernel/explain/explanation.ts'
import { administrators, type Command, type State } from './decider.ts'
import type { AdministratorsEvent } from './events.ts'

const commands = {
  SetupCompleted: 'completeSetup',
  SetupReopened: 'reopenSetup',
  AdministratorAdded: 'add',
} as const

/** Who of the others could act is not recorded, but that somebody could: the last administrator would have stayed. */
const commandOf = (state: State, [event]: readonly AdministratorsEvent[]): Command | null => {
  if (event === undefined) return null
  if (event.type !== 'AdministratorRemoved') return { type: commands[event.type], ...event.data }
  return { type: 'remove', ...event.data, able: state.type === 'set_up' ? state.members : new Set() }
}

export const administratorsExplainer = byCommand(administrators, commandOf)
