import type { InjectOptions } from 'fastify'
import type { Random } from '../../support/random.ts'

/** Values of earlier responses: requests with them get further than random ones. */
export type World = {
  readonly tokens: string[]
  readonly refreshTokens: string[]
  readonly accounts: string[]
  readonly sessions: string[]
  readonly emails: readonly string[]
}

type Shape = { readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'; readonly path: string; readonly body?: Readonly<Record<string, string>> }

const shapes: readonly Shape[] = [
  { method: 'POST', path: '/setup', body: { setupToken: 'text', email: 'email', password: 'password', transport: 'transport' } },
  { method: 'POST', path: '/register', body: { email: 'email', password: 'password', transport: 'transport' } },
  { method: 'POST', path: '/register/confirm', body: { token: 'text', password: 'password', transport: 'transport' } },
  { method: 'POST', path: '/login', body: { email: 'email', password: 'password', transport: 'transport' } },
  { method: 'POST', path: '/logout' },
  { method: 'POST', path: '/logout/everywhere' },
  { method: 'GET', path: '/session' },
  { method: 'POST', path: '/session/refresh', body: { refreshToken: 'refreshToken' } },
  { method: 'POST', path: '/session/elevate', body: { password: 'password' } },
  { method: 'GET', path: '/sessions{query}' },
  { method: 'DELETE', path: '/sessions/{session}' },
  { method: 'POST', path: '/password', body: { currentPassword: 'password', newPassword: 'password' } },
  ...['user', 'admin', 'elevated', 'publisher', 'payout'].map((name): Shape => ({ method: 'GET', path: `/secure/${name}` })),
  { method: 'GET', path: '/admin/accounts{query}' },
  { method: 'GET', path: '/admin/accounts/{account}' },
  ...['disable', 'enable', 'unlock', 'logout'].map((verb): Shape => ({ method: 'POST', path: `/admin/accounts/{account}/${verb}` })),
  { method: 'PUT', path: '/admin/accounts/{account}/roles/{name}' },
  { method: 'DELETE', path: '/admin/accounts/{account}/roles/{name}' },
  { method: 'PUT', path: '/admin/accounts/{account}/claims/{name}', body: { value: 'any' } },
  { method: 'DELETE', path: '/admin/accounts/{account}/claims/{name}' },
  { method: 'DELETE', path: '/admin/accounts/{account}' },
  { method: 'GET', path: '/audit{query}' },
  { method: 'GET', path: '/audit/me{query}' },
]

const oddTexts = (canary: string) => [
  canary,
  '',
  '\u0000',
  `\u202e${canary}`,
  `${canary}\r\nx-injected: 1`,
  `'; DROP TABLE event; -- ${canary}`,
  `{{${canary}}}`,
  `<script>${canary}</script>`,
  `${canary}%n%s%00`,
  '💥'.repeat(40),
  'e\u0301',
  `../../${canary}`,
  canary.repeat(60),
]

const oddValues = (canary: string): readonly unknown[] => [
  ...oddTexts(canary),
  null,
  true,
  -0,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  [],
  [canary],
  {},
  { [canary]: canary },
  { constructor: canary },
  Array.from({ length: 200 }, () => canary),
  { length: 5, toString: canary },
]

const passwords = ['a long enough passphrase', 'another long passphrase', 'wrong']

const rightValue = (random: Random, world: World, kind: string, canary: string): unknown => {
  switch (kind) {
    case 'email':
      return random.chance(0.9) ? random.pick(world.emails) : `${canary}@example.org`
    case 'password':
      return random.pick(passwords)
    case 'transport':
      return random.pick(['bearer', 'bearer', 'cookie'])
    case 'refreshToken':
      return random.pick([...world.refreshTokens, canary])
    default:
      return random.pick([true, 1, canary])
  }
}

const bodyOf = (random: Random, world: World, shape: Shape, canary: string): unknown => {
  if (shape.body === undefined) return random.chance(0.8) ? undefined : random.pick(oddValues(canary))
  if (random.chance(0.05)) return random.pick(oddValues(canary))
  const entries = Object.entries(shape.body).flatMap(([name, kind]): [string, unknown][] => {
    if (random.chance(0.05)) return []
    return [[name, random.chance(0.85) ? rightValue(random, world, kind, canary) : random.pick(oddValues(canary))]]
  })
  if (random.chance(0.05)) entries.push([random.pick(oddTexts(canary)), canary])
  return Object.fromEntries(entries)
}

/** Valid JSON, or JSON that was cut, repeated or altered. */
const rawOf = (random: Random, body: unknown, canary: string): string | Buffer | undefined => {
  if (body === undefined) return undefined
  const text = JSON.stringify(body)
  if (random.chance(0.9)) return text
  const cut = text.slice(0, random.below(text.length + 1))
  return random.pick<string | Buffer>([
    cut,
    `${text}${text}`,
    text.replace('{', `{"${canary}":1,"${canary}":2,`),
    text.replaceAll('"', "'"),
    `\ufeff${text}`,
    Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xc0, 0x80])]),
    `${'['.repeat(10_000)}${canary}`,
    `{"value":1e999,"${canary}":NaN}`,
    `"\\ud800${canary}"`,
    canary.repeat(3_000),
  ])
}

const queryOf = (random: Random, world: World, canary: string) => {
  const texts = [
    '192.0.2.1',
    '2001:db8::1',
    '1',
    '50',
    '0',
    'x',
    world.accounts[0] ?? '',
    new Date(0).toISOString(),
    random.pick(world.emails),
    ...oddTexts(canary),
  ]
  const pair = () =>
    `${random.pick(['email', 'cursor', 'limit', 'type', 'from', 'to', 'account', 'actor', 'address', canary])}=${random.chance(0.9) ? encodeURIComponent(random.pick(texts)) : '%ff%'}`
  return random.chance(0.3) ? '' : `?${Array.from({ length: 1 + random.below(3) }, pair).join('&')}`
}

const pathOf = (random: Random, world: World, { path }: Shape, canary: string) => {
  const odd = () => encodeURIComponent(random.pick(oddTexts(canary)).slice(0, 300) || 'x')
  const filled = path
    .replace('{account}', () => (random.chance(0.9) ? random.pick([...world.accounts, 'x']) : odd()))
    .replace('{session}', () => (random.chance(0.9) ? random.pick([...world.sessions, 'x']) : odd()))
    .replace('{name}', () => (random.chance(0.9) ? random.pick(['admin', 'editor', 'publisher', 'level']) : odd()))
    .replace('{query}', () => queryOf(random, world, canary))
  if (random.chance(0.96)) return `/api/1${filled}`
  return random.pick([
    `/api/1${filled}/`,
    `/api/1${filled}${canary}`,
    `/api/2${filled}`,
    `//api/1${filled}`,
    `/api/1/%2e%2e${filled}`,
    `/${canary}`,
    `/api/1${filled}?${canary}=${canary}`,
    `/api/1${filled}/%`,
  ])
}

const headersOf = (random: Random, world: World, canary: string): Record<string, string> => {
  const headers: Record<string, string> = {
    'content-type': random.chance(0.95)
      ? 'application/json'
      : random.pick(['text/plain', 'application/json; charset=utf-16', `application/${canary}`, 'application/json\t', '']),
  }
  if (random.chance(0.7))
    headers.authorization = random.chance(0.9)
      ? `Bearer ${random.pick([...world.tokens, canary])}`
      : random.pick(['Bearer', `Basic ${canary}`, `bearer  ${canary}`, canary])
  if (random.chance(0.15))
    headers.cookie = random.pick([
      `__Host-gatebook=${random.pick([...world.tokens, canary])}`,
      `__Host-gatebook=${canary}; __Host-gatebook=x`,
      canary,
      ';;=;',
    ])
  if (random.chance(0.2))
    headers.origin = random.pick(['http://localhost:1984', 'http://localhost:1984', `https://${canary}.example`, 'null', ''])
  if (random.chance(0.1)) headers['sec-fetch-site'] = random.pick(['same-origin', 'cross-site', canary])
  if (random.chance(0.2)) headers['user-agent'] = canary.repeat(1 + random.below(40))
  if (random.chance(0.05)) headers['x-forwarded-for'] = `${canary}, 192.0.2.1`
  if (random.chance(0.02)) headers['content-encoding'] = random.pick(['gzip', canary])
  if (random.chance(0.02)) headers.expect = random.pick(['100-continue', canary])
  if (random.chance(0.02)) headers['transfer-encoding'] = random.pick(['chunked', canary])
  if (random.chance(0.02)) headers[`x-${canary}`] = canary
  return headers
}

const otherMethods = ['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'GET', 'POST', 'PUT', 'DELETE'] as const

export const randomRequest = (random: Random, world: World, canary: string): InjectOptions => {
  const shape = random.pick(shapes)
  const payload = rawOf(random, bodyOf(random, world, shape, canary), canary)
  const method = random.chance(0.95) ? shape.method : random.pick(otherMethods)
  return {
    method: method as 'GET',
    url: pathOf(random, world, shape, canary),
    headers: headersOf(random, world, canary),
    remoteAddress: `192.0.2.${random.below(255)}`,
    ...(payload === undefined ? {} : { payload }),
  }
}

/** Bytes that are almost HTTP. */
export const randomOctets = (random: Random, canary: string): string => {
  const head = (line: string, ...fields: string[]) => `${[line, ...fields].join('\r\n')}\r\n\r\n`
  const host = 'host: localhost'
  return random.pick([
    head(`GET /api/1/session?${canary} HTTP/1.1`, host, `x-long: ${canary.repeat(2_000)}`),
    head(`${canary} /api/1/session HTTP/1.1`, host),
    head(`GET /${canary} HTTP/9.9`, host),
    head(`GET ${canary} HTTP/1.1`, host),
    head(`GET /api/1/session HTTP/1.1`, `${canary}`, host),
    head(`GET /api/1/session HTTP/1.1`, `bad name: ${canary}`, host),
    head(`GET /api/1/session HTTP/1.1`, `x: \u0000${canary}`, host),
    head('POST /api/1/login HTTP/1.1', host, 'content-type: application/json', 'content-length: -1') + canary,
    head('POST /api/1/login HTTP/1.1', host, 'content-type: application/json', 'content-length: 5', 'content-length: 6') + canary,
    head('POST /api/1/login HTTP/1.1', host, 'content-length: 3', 'transfer-encoding: chunked') + canary,
    `${head('POST /api/1/login HTTP/1.1', host, 'content-type: application/json', 'transfer-encoding: chunked')}zz\r\n${canary}`,
    head('POST /api/1/login HTTP/1.1', host, 'content-type: application/json', 'content-length: 999999999') + canary,
    `${head(
      'POST /api/1/login HTTP/1.1',
      host,
      'content-type: application/json',
      `expect: ${canary}`,
      'content-length: 2',
      'connection: close',
    )}{}`,
    head('GET /api/1/session HTTP/1.1', 'connection: close'),
    head(`CONNECT ${canary}:80 HTTP/1.1`, host),
    head('GET /api/1/session HTTP/1.1', host, 'connection: upgrade', `upgrade: ${canary}`),
    head(`GET /api/1/session HTTP/1.1`, host, ...Array.from({ length: 2_500 }, (_, n) => `x${n}: ${canary}`)),
    `\x16\x03\x01\x02\x00\x01${canary}`,
    canary,
  ])
}
