import { afterEach, expect, test } from 'vitest'
import { startStandIn } from '../../support/eventstoredb/stand-in.ts'
import { person } from '../../support/server/client.ts'
import { startNode } from './support.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

test('a node registers, logs in and guards; what it answered with can be asked for on another one', async () => {
  const store = await startStandIn()
  closing.push(store.kill)
  const one = await startNode(store.url)
  closing.push(one.stop)
  const other = await startNode(store.url)
  closing.push(other.stop)
  const { token } = await one.register()
  expect((await one.get('/secure/user', token)).status).toBe(200)

  const loggedIn = await other.post('/login', { ...person, transport: 'bearer' })
  const position = String(loggedIn.headers['gatebook-position'])
  const call = { method: 'GET', path: '/secure/user', token: loggedIn.body.token, headers: { 'gatebook-position': position } } as const
  expect((await one.send(call)).status).toBe(200)
})
