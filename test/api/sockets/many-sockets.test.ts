import { expect, test } from 'vitest'
import { until } from '../../infrastructure/cluster/node-on.ts'
import { startTestServer } from '../../support/server/start-test-server.ts'
import { openSocket } from '../../support/sockets/socket-client.ts'

test('of 200 sockets those of one account are closed when its sessions are revoked, and no other', async () => {
  const app = await startTestServer({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
  const open = async (person: number) => {
    const { accountId, token } = await app.register({ email: `person-${person}@example.org` })
    const from = { headers: { 'x-forwarded-for': `192.0.2.${person}` } }
    const sockets = await Promise.all(Array.from({ length: 10 }, () => openSocket(app.url, from)))
    await Promise.all(sockets.map((socket) => socket.authenticate(accountId, token)))
    return { token, sockets }
  }
  const people = []
  for (let person = 1; person <= 20; person++) people.push(await open(person))
  const [revoked, ...others] = people as [(typeof people)[number], ...typeof people]

  await app.post('/logout/everywhere', undefined, revoked.token)
  const closed = await Promise.all(revoked.sockets.map((socket) => socket.closed))
  expect(closed.map(({ code }) => code)).toEqual(Array(10).fill(4009))

  const untouched = others.flatMap(({ sockets }) => sockets)
  await Promise.all(untouched.map((socket) => socket.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')))
  for (const { socket } of untouched) socket.terminate()
  await until(async () => (await app.get('/metrics')).text.includes('gatebook_sockets 0'))
  await app.stop()
})
