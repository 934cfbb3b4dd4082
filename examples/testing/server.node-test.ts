import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type GatebookServer, startGatebook } from 'gatebook/testing'

let server: GatebookServer
before(async () => {
  server = await startGatebook({ env: { REGISTRATION: 'verified', SESSION_IDLE_SECONDS: '3600' } })
})
after(() => server.stop())

const post = (path: string, body: object) =>
  fetch(`${server.baseUrl}/api/1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

test('whoever registers proves the address', async () => {
  const email = 'ada@example.org'
  assert.equal((await post('/register', { email, transport: 'bearer' })).status, 202)
  const [mail] = await server.mails(email)
  const confirmed = await post('/register/confirm', { token: mail?.token, password: 'correct horse battery', transport: 'bearer' })
  assert.equal(confirmed.status, 201)
})

test('an administrator reads the audit trail', async () => {
  const root = await server.createUser({ roles: ['admin'], secondFactor: true })
  const { headers } = await server.login(root, { elevated: true })
  assert.equal((await fetch(`${server.baseUrl}/api/1/audit`, { headers })).status, 200)
})

test('a session that nobody uses ends after an hour', async () => {
  const { headers } = await server.login(await server.createUser(), { bearer: true })
  const status = async () => (await fetch(`${server.baseUrl}/api/1/session`, { headers })).status
  assert.equal(await status(), 200)
  await server.clock.advance({ minutes: 61 })
  assert.equal(await status(), 401)
})
