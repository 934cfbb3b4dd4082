import { byCommand } from '../kernel/explain/explanation.ts'
import { access, type Command, type State } from './decider.ts'
import type { AccessEvent } from './events.ts'

const commandOf = (_: State, [event]: readonly AccessEvent[]): Command | null => {
  switch (event?.type) {
    case 'DataRead':
      return { type: 'read', ...event.data }
    case 'DataExported':
      return { type: 'export', ...event.data }
    case 'AuthorizationRefused':
      return { type: 'recordRefusals', ...event.data }
    default:
      return null
  }
}

export const accessExplainer = byCommand(access, commandOf)
