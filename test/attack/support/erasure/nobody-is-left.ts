import { expect } from 'vitest'
import type { Send } from '../../../support/server/client.ts'
import { mustBe } from '../../../support/server/second-factor.ts'
import { callsOf } from './person.ts'
import type { Settled } from './settle-in.ts'

const addressesOf = ({ kind, email }: Settled) => {
  if (kind === 'of keys alone') return []
  return kind === 'changing the address' ? [email, `next.${email}`] : [email]
}

/** No link of theirs works, nobody logs in, and their addresses are free for somebody else, who registers them. */
export const nobodyIsLeft = async (people: readonly Settled[], send: Send, links: readonly string[]) => {
  const stranger = callsOf({ headers: {} }, send)
  for (const token of links) {
    mustBe(401, await stranger.post('/password/reset/confirm', { token, newPassword: 'another passphrase' }))
    mustBe(401, await stranger.post('/invitation/confirm', { token, password: 'another passphrase', transport: 'bearer' }))
    mustBe(401, await stranger.post('/email/confirm', { token }))
  }
  for (const person of people) {
    const { email, password } = person
    const answer = await callsOf(person, send).post('/login', { email, password, transport: 'bearer' })
    // 429 if the traffic has locked the address, 503 while attempts that a kill interrupted may still be checked.
    expect([401, 429, 503]).toContain(answer.status)
  }
  for (const email of people.flatMap(addressesOf)) await stranger.register({ email, password: 'of another person' })
}
