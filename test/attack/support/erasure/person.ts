import type { Call, Send } from '../../../support/server/client.ts'
import { stepsOf } from '../../../support/server/client.ts'

/** Stands in every address, user agent, password, profile and blob of the people who are erased. */
export const canary = 'kanarie7f3a9c'

/** How every network address of theirs begins. */
export const canaryNetworks = { v4: '198.18.', v6: '2001:db8:ca7a' }

export const kinds = [
  'with a profile',
  'imported and logged in',
  'imported',
  'with keys and a blob',
  'changing the address',
  'invited',
  'with a second factor and a reset under way',
  'of keys alone',
] as const

export type Kind = (typeof kinds)[number]

export type Person = {
  readonly number: number
  readonly kind: Kind
  readonly email: string
  readonly password: string
  readonly headers: Readonly<Record<string, string>>
  readonly by: 'owner' | 'administrator'
}

/** Whom only an administrator can erase, because they have no session. */
const withoutSession: readonly Kind[] = ['imported', 'invited', 'with a second factor and a reset under way', 'of keys alone']

export const personNumber = (number: number): Person => {
  const kind = kinds[number % kinds.length] ?? kinds[0]
  const address =
    number % 2 === 0 ? `${canaryNetworks.v4}${number >> 7}.${1 + (number & 127)}` : `${canaryNetworks.v6}:${number.toString(16)}::1`
  return {
    number,
    kind,
    email: `${canary}.${number}@example.org`,
    password: `${canary} password ${number}`,
    headers: { 'user-agent': `${canary}/${number}`, 'x-forwarded-for': address, 'accept-language': 'de' },
    by: withoutSession.includes(kind) || number % 16 >= 8 ? 'administrator' : 'owner',
  }
}

/** The calls of somebody, from their device and their network. */
export const callsOf = ({ headers }: Pick<Person, 'headers'>, send: Send) =>
  stepsOf((call: Call) => send({ ...call, headers: { ...headers, ...call.headers } }))
