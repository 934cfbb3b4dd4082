import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { EventStoreDbStartFailure } from './start-failure.ts'

const known = new Set([
  'usercertfile',
  'userkeyfile',
  'maxdiscoverattempts',
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'nodepreference',
  'tls',
  'tlsverifycert',
  'tlscafile',
  'keepaliveinterval',
  'keepalivetimeout',
])

const shape = /^\s*esdb(\+discover)?:\/\/(?:(?<user>[^:@/?]+):(?<password>[^@]+)@)?(?<hosts>[^@?/]+)\/?(?:\?(?<options>.*?))?\s*$/

const refuse = (type: EventStoreDbStartFailure['type'], detail: string) => left({ type: type, detail })

/** The client decodes too, so `%63hangeit` must not pass for another password. */
const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const optionsIn = (text: string) =>
  new Map(
    text
      .split('&')
      .filter((option) => option !== '')
      .map((option) => {
        const [key = '', value = ''] = option.split('=')
        return [key.trim().toLowerCase().replaceAll(/[_-]/g, ''), decoded(value.trim())] as const
      }),
  )

/** Checked before the client parses it: the client prints the whole connection string when it meets an unknown option. */
export function checkConnectionString(url: string, development: boolean): Either<EventStoreDbStartFailure, string> {
  const parts = shape.exec(url)?.groups as Record<'user' | 'password' | 'options', string | undefined> | undefined
  if (parts === undefined)
    return refuse('malformed', 'the connection string is not of the form esdb://user:password@host:port?option=value')
  const options = optionsIn(parts.options ?? '')
  for (const key of options.keys()) {
    if (!known.has(key)) return refuse('malformed', 'the connection string has an option that is not known or not supported')
  }
  const credentials = [parts.user ?? '', parts.password ?? '']
  if ([...options.values(), ...credentials.map(decoded)].includes(undefined)) {
    return refuse('malformed', 'the connection string has a percent sign that does not begin an encoded character')
  }
  if (options.get('tlsverifycert') === 'false') {
    return refuse('malformed', 'tlsVerifyCert=false has no effect in the client: give tlsCAFile instead')
  }
  if (development) return right(url)
  if (options.get('tls') === 'false') return refuse('not_secure', 'tls=false is for development only')
  if (options.has('userkeyfile')) return right(url)
  if (parts.user === undefined) return refuse('not_secure', 'the connection string needs credentials')
  if (decoded(parts.password ?? '') === 'changeit') return refuse('not_secure', 'the password is the one that every server starts with')
  return right(url)
}
