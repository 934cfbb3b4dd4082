import { byCommand } from '../kernel/explain/explanation.ts'
import { type Command, emailClaim, type State } from './decider.ts'
import type { EmailClaimEvent } from './events.ts'

const commandOf = (_: State, [event]: readonly EmailClaimEvent[]): Command | null => {
  switch (event?.type) {
    case 'EmailClaimed':
      return { type: 'claim', ...event.data, releases: null }
    case 'EmailReserved':
      return { type: 'reserve', ...event.data }
    case 'EmailReleased':
      return { type: 'release', ...event.data }
    default:
      return null
  }
}

export const emailClaimExplainer = byCommand(emailClaim, commandOf)
