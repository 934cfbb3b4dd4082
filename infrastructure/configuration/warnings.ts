import { isLoopback } from '../network/is-loopback.ts'
import { pastFloors } from './production-floors.ts'
import { isProduction } from './rule.ts'
import type { Values } from './variables.ts'

type Warning = { readonly text: string; readonly applies: (values: Values) => boolean }

const inProduction: readonly Warning[] = [
  {
    text: 'SMTP_URL is not set: mails become files in DATA_DIR/outbox, with their links and codes in the clear, and reach nobody',
    applies: ({ SMTP_URL }) => SMTP_URL === undefined,
  },
  {
    text: 'PUBLIC_ORIGIN is not set: browsers that reach the service under another origin than http://localhost:PORT are refused',
    applies: ({ PUBLIC_ORIGIN }) => PUBLIC_ORIGIN === undefined,
  },
  {
    text: 'SMTP_URL allows a connection without TLS: links and codes may cross the network in the clear',
    applies: ({ SMTP_URL }) => SMTP_URL?.endsWith('?requireTLS=false') === true,
  },
  {
    text: 'LOGIN_RATE_PER_MINUTE is 0: one address may try passwords without limit',
    applies: ({ LOGIN_RATE_PER_MINUTE }) => LOGIN_RATE_PER_MINUTE === 0,
  },
  {
    text: 'LOGIN_NAMES_PER_HOUR is 0: one network may try passwords at any number of addresses',
    applies: ({ LOGIN_NAMES_PER_HOUR }) => LOGIN_NAMES_PER_HOUR === 0,
  },
  { text: 'RATE_PER_MINUTE is 0: one address may call without limit', applies: ({ RATE_PER_MINUTE }) => RATE_PER_MINUTE === 0 },
  { text: 'ELEVATION_SECONDS is more than an hour', applies: ({ ELEVATION_SECONDS }) => ELEVATION_SECONDS > 3_600 },
]

const knownEnvironments = ['production', 'development', 'test']

const always: readonly Warning[] = [
  {
    text: 'NODE_ENV is not production, development or test: it has no effect, and the rules of production do not apply',
    applies: ({ NODE_ENV }) => NODE_ENV !== undefined && !knownEnvironments.includes(NODE_ENV),
  },
  {
    text: 'TOTP_ENABLED is false: 000000 and nine other codes are a second factor for everybody',
    applies: ({ TOTP_ENABLED }) => !TOTP_ENABLED,
  },
]

/** Whoever serves the network without saying what for may have forgotten NODE_ENV. */
const isUnsaid = ({ NODE_ENV, HOST }: Values) => !['development', 'test'].includes(NODE_ENV ?? '') && !isLoopback(HOST)

export function warnings(values: Values): readonly string[] {
  const found = [...always, ...(isProduction(values) ? inProduction : [])].filter(({ applies }) => applies(values))
  const past = isProduction(values) || !isUnsaid(values) ? [] : pastFloors(values)
  return [...found.map(({ text }) => text), ...past.map((name) => `${name} would be refused with NODE_ENV=production`)]
}
