import { mayMailAgain } from '../../domain/account/reset-policy.ts'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import type { Now } from '../ports/clock.ts'

export type MailedPage = 'reset' | 'register' | 'invitation' | 'email'

/** In memory, because strangers must not fill the log. Beyond this the oldest are forgotten. */
const maxAddresses = 20_000

/** Later than any time: a mail on its way may be delivered minutes from now. */
const underWay = instant(Number.MAX_SAFE_INTEGER)

/** One mail of a kind for an address in five minutes, whether the address has an account or not. */
export function mailPace(now: Now) {
  const sent = new Map<string, Instant>()
  const keyOf = (page: MailedPage, email: BlindIndex) => `${page} ${email}`

  const forgetOldest = (at: Instant) => {
    for (const [key, last] of sent) {
      if (sent.size < maxAddresses && !mayMailAgain(last, at)) return
      sent.delete(key)
    }
  }

  return {
    /** Whether a mail may be sent now. If so, it counts until it is delivered, and for five minutes after that. */
    begin: (page: MailedPage, email: BlindIndex): boolean => {
      const [key, at] = [keyOf(page, email), now()]
      if (!mayMailAgain(sent.get(key) ?? null, at)) return false
      sent.delete(key)
      forgetOldest(at)
      sent.set(key, underWay)
      return true
    },
    delivered: (page: MailedPage, email: BlindIndex) => {
      sent.set(keyOf(page, email), now())
    },
    /** The mail was not delivered, so another one may follow at once. */
    giveBack: (page: MailedPage, email: BlindIndex) => {
      sent.delete(keyOf(page, email))
    },
  }
}

export type MailPace = ReturnType<typeof mailPace>
