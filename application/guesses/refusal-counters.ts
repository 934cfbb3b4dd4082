import { refusedAuthorization } from '../access/refused-authorization.ts'
import { refusedAttempts } from '../login/refused-attempts.ts'
import { refusedGuesses } from './refused-guesses.ts'

type Needs = Parameters<typeof refusedGuesses>[0] & Parameters<typeof refusedAuthorization>[0]

export function refusalCounters(needs: Needs) {
  const [attempts, guesses, requests] = [refusedAttempts(needs), refusedGuesses(needs), refusedAuthorization(needs)]
  return {
    counters: { countRefusedAttempt: attempts.count, countRefusedGuess: guesses.count },
    countRefusedRequest: requests.count,
    record: () => Promise.all([attempts.record(), guesses.record(), requests.record()]),
  }
}
