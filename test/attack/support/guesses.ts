import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import type { Random } from '../../support/random.ts'
import { type Answer, person, type stepsOf } from '../../support/server/client.ts'

type Steps = ReturnType<typeof stepsOf>

/** Sends guesses at once, spread over the servers, with the right password at a random place, or `right`. */
export const guessAtOnce = async (
  servers: readonly Pick<Steps, 'post'>[],
  email: string,
  guesses: number,
  random: Random,
  right = random.below(guesses),
) => {
  const passwordOf = (n: number) => (n === right ? person.password : `guess number ${n}`)
  const guess = (_: unknown, n: number) =>
    servers[n % servers.length]?.post('/login', { email, password: passwordOf(n), transport: 'bearer' })
  return (await Promise.all(Array.from({ length: guesses }, guess))).filter((answer) => answer !== undefined)
}

export const outcomesOf = (answers: readonly Answer[]) => {
  const codes = answers.map(({ status, body }) => (status === 200 ? 'authenticated' : String(body.code)))
  return { accepted: codes.filter((code) => code === 'authenticated').length, codes: new Set(codes) }
}

/** The most attempts between two events that reset the count: an acceptance or a lock. */
export const longestRun = (events: readonly RecordedEvent[]) => {
  let run = 0
  let longest = 0
  for (const { type } of events) {
    if (type === 'LoginAttempted') run += 1
    if (type === 'PasswordAccepted' || type === 'LoginLocked') run = 0
    longest = Math.max(longest, run)
  }
  return longest
}

export const attemptsIn = (events: readonly RecordedEvent[]) => events.filter(({ type }) => type === 'LoginAttempted').length

/** Each accepted password resets the count once. */
export const mostChecked = (limit: number, accepted: number) => limit * (1 + accepted)
