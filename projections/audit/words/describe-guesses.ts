import type { Guessed, GuessesRefused } from '../../../domain/refused-guesses/events.ts'
import { timeText } from './time-text.ts'

type Refused = ReturnType<typeof GuessesRefused>['data']

const words: Readonly<Record<Guessed, string>> = {
  login_name: 'login at one address too many',
  setup_token: 'wrong setup token',
  reset_link: 'void reset link',
  registration_link: 'void registration link',
  invitation_link: 'void invitation link',
  email_link: 'void link to change the email address',
  challenge: 'unknown challenge',
  refresh_token: 'made-up refresh token',
}

const describe = ({ guessed, count, networks, hasMoreNetworks }: Refused['guesses'][number]) =>
  `${words[guessed]}: ${count}, from ${networks}${hasMoreNetworks ? ' or more' : ''} ${networks === 1 ? 'network' : 'networks'}`

export function describeGuesses({ guesses, from, to }: Refused) {
  return `Refused from ${timeText(from)} to ${timeText(to)} (${guesses.map(describe).join('; ')})`
}
