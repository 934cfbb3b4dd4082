import { type AddressInfo, createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { problem } from '../support/server/problem.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'

const token = 'a-token-for-the-scraper'
const production = {
  NODE_ENV: 'production',
  PUBLIC_ORIGIN: 'https://login.example.org',
  ARGON2_MEMORY_KIB: '7168',
  ARGON2_TIME: '5',
}

let server: InProcess
const start = async (env: Record<string, string>) => {
  server = await startTestServer({ env })
  return server
}
afterEach(() => server.stop())

const scrape = (authorization?: string) =>
  server.send({ method: 'GET', path: '/metrics', ...(authorization === undefined ? {} : { headers: { authorization } }) })

describe('/metrics on the public port', () => {
  test('is there without a token on a loopback address, outside production', async () => {
    await start({})
    expect((await scrape()).text).toContain('gatebook_log_position')
  })

  test('is not there for a page whose name was made to resolve to this machine', async () => {
    await start({})
    const under = async (host: string) => (await server.send({ method: 'GET', path: '/metrics', headers: { host } })).status
    for (const host of ['localhost', 'localhost:1984', '127.0.0.1:1984', '[::1]:1984']) expect(await under(host)).toBe(200)
    for (const host of [
      'evil.example.org',
      'evil.example.org:1984',
      'localhost.evil.example.org',
      '127.0.0.1.evil.example.org',
      '10.0.0.1',
    ])
      expect(await under(host)).toBe(403)
  })

  test.each([
    ['in production', production],
    ['on another address', { HOST: '0.0.0.0' }],
    ['in production on another address', { ...production, HOST: '0.0.0.0' }],
    ['beside a listener of its own', { METRICS_PORT: '0' }],
  ])('is not there %s', async (_when, env) => {
    await start(env)
    expect(await scrape()).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    expect((await server.get('/openapi.json')).body.paths).not.toHaveProperty('/metrics')
  })

  test('is there with the token alone, whatever the session', async () => {
    await start({ ...production, METRICS_TOKEN: token })
    expect((await scrape(`Bearer ${token}`)).text).toContain('gatebook_log_position')
    const session = await server.register()
    for (const wrong of [undefined, 'Bearer', `Bearer ${token}x`, `Bearer  ${token}`, `Basic ${token}`, token, `Bearer ${session.token}`]) {
      expect(await scrape(wrong)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
    }
  })
})

describe('/metrics on a listener of its own', () => {
  const fetchMetrics = (authorization?: string) =>
    fetch(`${server.metricsUrl}/metrics`, authorization === undefined ? {} : { headers: { authorization } })

  test('is there, and nothing else', async () => {
    await start({ ...production, METRICS_PORT: '0' })
    expect(await (await fetchMetrics()).text()).toContain('gatebook_log_position')
    for (const path of ['/api/1/session', '/docs', '/health/live']) expect((await fetch(`${server.metricsUrl}${path}`)).status).toBe(404)
  })

  test('asks for the token too if there is one', async () => {
    await start({ METRICS_PORT: '0', METRICS_TOKEN: token })
    expect((await fetchMetrics()).status).toBe(401)
    expect((await fetchMetrics(`Bearer ${token}`)).status).toBe(200)
  })

  test('ends with the server, and keeps it from starting if the port is taken', async () => {
    await start({ METRICS_PORT: '0' })
    const url = `${server.metricsUrl}/metrics`
    await server.stop()
    await expect(fetch(url)).rejects.toThrow()
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const refused = startTestServer({ env: { METRICS_PORT: String((taken.address() as AddressInfo).port) } })
    await expect(refused).rejects.toMatchObject({ failure: { type: 'cannot_listen', detail: 'METRICS_HOST and METRICS_PORT: EADDRINUSE' } })
    taken.close()
  })
})

describe('what strangers may ask for is limited by address', () => {
  const address = '192.0.2.77'
  const untilLimited = async (path: string, headers: Record<string, string> = {}) => {
    await start({ RATE_PER_MINUTE: '5' })
    const statuses = []
    for (let n = 0; n < 7; n += 1) statuses.push((await server.send({ method: 'GET', path, headers, address })).status)
    return statuses
  }

  test.each(['/openapi.json', '/docs'])('%s by a tenth, because it is large', async (path) => {
    await start({ RATE_PER_MINUTE: '50' })
    const statuses = []
    for (let n = 0; n < 6; n += 1) statuses.push((await server.send({ method: 'GET', path, address })).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })

  test('a refused origin uses up no budget but its own', async () => {
    await untilLimited('/session', { origin: 'https://evil.example.org' })
    expect((await server.send({ method: 'GET', path: '/session', address })).status).toBe(401)
  })

  test.each([
    ['/metrics', {}, 200],
    ['/session', { origin: 'https://evil.example.org' }, 403],
    ['/nothing', {}, 404],
    ['/api/2/nothing', {}, 404],
  ])('%s %j', async (path, headers, status) => {
    expect(await untilLimited(path, headers)).toEqual([status, status, status, status, status, 429, 429])
  })

  test('but probes are not', async () => {
    expect(await untilLimited('/health/live')).toEqual([200, 200, 200, 200, 200, 200, 200])
  })
})

test('HOST=localhost listens on one address, with one server', async () => {
  await start({ HOST: 'localhost' })
  expect(server.app.addresses()).toHaveLength(1)
})
