import * as t from 'io-ts'
import { type Network, parseNetwork } from '../../application/network.ts'
import { isLoopback } from '../network/is-loopback.ts'

/** Its name says what is expected. */
export type Reader<A> = t.Decoder<unknown, A>

export type Variable<A> = {
  readonly reader: Reader<A>
  /** Read in place of an absent variable; without it the value is `undefined`. */
  readonly fallback?: string
  readonly defaultText?: string
  readonly meaning: string
  /** Answered as `set` or not at all, because it is a secret or names a person. Variables that hold text must say which. */
  readonly isSecret?: boolean
}

export function reader<A>(expected: string, read: (text: string) => A | undefined): Reader<A> {
  return new t.Type<A, unknown, unknown>(
    expected,
    (u): u is A => u !== undefined,
    (u, context) => {
      const value = typeof u === 'string' ? read(u) : undefined
      return value === undefined ? t.failure(u, context) : t.success(value)
    },
    t.identity,
  )
}

export function whole(least: number, most: number): Reader<number> {
  return reader(`a whole number from ${least} to ${most}`, (text) => {
    const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN
    return value >= least && value <= most ? value : undefined
  })
}

export function oneOf<const Choices extends readonly string[]>(...choices: Choices): Reader<Choices[number]> {
  return reader(`one of ${choices.join(', ')}`, (text) => choices.find((choice) => choice === text))
}

export const flag: Reader<boolean> = reader('true or false', (text) => ({ true: true, false: false })[text])

export function words(expected: string): Reader<string> {
  return reader(expected, (text) => (/^[^\p{Cc}]{1,4096}$/u.test(text) ? text : undefined))
}

const commaSeparated = (text: string) => text.split(',').map((entry) => entry.trim())

export function listOf<A>(expected: string, read: (text: string) => A | undefined): Reader<readonly A[]> {
  return reader(expected, (text) => {
    const entries = text.trim() === '' ? [] : commaSeparated(text).map(read)
    return entries.includes(undefined) ? undefined : (entries as readonly A[])
  })
}

const readOrigin = (text: string) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  return isWeb && url.origin === text && !text.includes('*') ? text : undefined
}

export const origin: Reader<string> = reader('an origin such as https://login.example.org, without a path', readOrigin)
export const origins = listOf('origins such as https://app.example.org, comma-separated, without a path or a wildcard', readOrigin)

export const networks: Reader<readonly Network[]> = listOf('addresses or networks such as 10.0.0.0/8, comma-separated', parseNetwork)

export function isServiceToken(text: string): boolean {
  const token = /^[a-z][a-z0-9-]{0,39}:([\x21-\x2b\x2d-\x7e]{32,256})$/.exec(text)?.[1]
  return token !== undefined && new Set(token).size >= 8
}

export const services = listOf(
  'name:token, comma-separated, with names of a-z, 0-9 and - and tokens of 32 to 256 printable characters without commas, 8 of them different',
  (text) => (isServiceToken(text) ? text : undefined),
)

type RetainedDays = readonly [kind: 'attempts' | 'sessions', days: number]

const readRetained = (text: string): RetainedDays | undefined => {
  const [, kind, days] = /^(attempts|sessions)=([1-9][0-9]{0,4})$/.exec(text) ?? []
  return kind === undefined || Number(days) > 36_500 ? undefined : [kind as RetainedDays[0], Number(days)]
}

const retainedDays = listOf('', readRetained)

/** By kind. Each may stand once. */
export const retention: Reader<Readonly<Partial<Record<RetainedDays[0], number>>>> = reader(
  'attempts=DAYS, sessions=DAYS or both, comma-separated, with 1 to 36500 days',
  (text) => {
    const read = retainedDays.decode(text)
    if (read._tag === 'Left' || new Set(read.right.map(([kind]) => kind)).size < read.right.length) return undefined
    return Object.fromEntries(read.right)
  },
)

export const roles = listOf('roles, comma-separated, or *', (text) => (/^(\*|[a-z][a-z0-9_-]{0,63})$/.test(text) ? text : undefined))

export const key: Reader<string> = reader('32 bytes in base64', (text) => {
  const bytes = Buffer.from(text, 'base64')
  const canonical = bytes.toString('base64')
  return bytes.length === 32 && (canonical === text || canonical.replace('=', '') === text) ? text : undefined
})

/** A colon ends the issuer in an `otpauth://` label. */
export const issuer: Reader<string> = reader('a name of up to 64 bytes in UTF-8 without a colon', (text) =>
  /^[^\p{C}:]+$/u.test(text) && Buffer.byteLength(text) <= 64 ? text : undefined,
)

export const serviceName: Reader<string> = reader('a name of up to 64 bytes in UTF-8', (text) =>
  /^[^\p{C}]+$/u.test(text) && text.trim() !== '' && Buffer.byteLength(text) <= 64 ? text : undefined,
)

export const color: Reader<string> = reader('a color such as #0a7f5c', (text) => (/^#[0-9a-f]{6}$/i.test(text) ? text : undefined))

const address = '[^\\s\\p{C}<>()[\\],;:\\\\"@]{1,64}@[A-Za-z0-9.-]{1,253}'
const sender = new RegExp(`^(${address}|[^\\p{C}<>()[\\],;:\\\\"@]{1,64} <${address}>)$`, 'u')

export const mailFrom: Reader<string> = reader('an address such as no-reply@example.org, or Name <no-reply@example.org>', (text) =>
  sender.test(text) ? text : undefined,
)

const isMailServer = ({ protocol, hostname, pathname, search, hash }: URL) =>
  /^smtps?:$/.test(protocol) &&
  /^[^%]+$/.test(hostname) &&
  /^\/?$/.test(pathname) &&
  ['', '?requireTLS=false'].includes(search) &&
  hash === ''

const canDecode = (text: string) => {
  try {
    return decodeURIComponent(text) !== undefined
  } catch {
    return false
  }
}

export const smtpUrl: Reader<string> = reader(
  'smtps://user:password@host:port or smtp://…, without a path, with user and password percent-encoded',
  (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url !== undefined && isMailServer(url) && canDecode(url.username) && canDecode(url.password) ? text : undefined
  },
)

const isRangeService = ({ protocol, hostname, username, password, search, hash }: URL) =>
  (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) && `${username}${password}${search}${hash}` === ''

/** A `file:` URL or one with credentials is a mistake, not a path. */
export const breached: Reader<string> = reader('a path, or an https URL without credentials and query', (text) => {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return /^[^\p{Cc}]{1,4096}$/u.test(text) ? text : undefined
  return URL.canParse(text) && isRangeService(new URL(text)) ? text : undefined
})

export const host: Reader<string> = reader('an address or a host name', (text) =>
  /^[A-Za-z0-9.:_-]{1,253}$/.test(text) ? text : undefined,
)

/** `aaaaaaaaaaaaaaaa` is long and no secret. */
export const secret: Reader<string> = reader('16 to 256 printable characters without spaces, 8 of them different', (text) =>
  /^[\x21-\x7e]{16,256}$/.test(text) && new Set(text).size >= 8 ? text : undefined,
)
