import type { CallName, InputOf } from './result.ts'

type BeginsSession = {
  [Name in CallName]: InputOf<Name> extends { readonly body: { readonly transport?: string } } ? Name : never
}[CallName]

/** A missing or a needless one does not compile. */
const begins: Readonly<Record<BeginsSession, 'begins'>> = {
  'POST /setup': 'begins',
  'POST /register': 'begins',
  'POST /register/confirm': 'begins',
  'POST /identities': 'begins',
  'POST /identities/{fingerprint}/login': 'begins',
  'POST /login': 'begins',
  'POST /login/otp': 'begins',
  'POST /login/password': 'begins',
  'POST /login/enroll/confirm': 'begins',
  'POST /invitation/confirm': 'begins',
}

const others = {
  'POST /session/elevate': 'replaces',
  'POST /session/refresh': 'replaces',
  'POST /logout': 'ends',
  'POST /logout/everywhere': 'ends',
  'DELETE /me': 'ends',
} as const satisfies Partial<Record<CallName, string>>

const effects: Readonly<Record<string, 'begins' | 'replaces' | 'ends'>> = { ...begins, ...others }

const unrelated =
  /^GET |^POST \/email$|\/(send|enroll|reset|token|accounts|invite|unlock|language|challenge|me\/identities)$|\/(devices|consents)\//

/** Whether the session may be another one, or have other rights, after a call that has answered this. */
export function mayChange(name: string, answer: unknown) {
  if (unrelated.test(name)) return false
  return effects[name] !== 'begins' || (answer as { readonly status?: string } | null | undefined)?.status === 'authenticated'
}

/** What a call that succeeds does to the caller's own token. */
export function effectOf(name: string) {
  return effects[name]
}
