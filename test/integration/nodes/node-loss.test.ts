import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { openLogReader } from '../support/log-reader.ts'
import { haveReached, type Node, onceFresh, startNodes } from '../support/nodes.ts'
import { startStoreServer } from '../support/store-server.ts'

const store = await startStoreServer()
const nodes = await startNodes(store, 3)
const logReader = await openLogReader(store.url)
afterAll(async () => {
  await nodes.stop()
  nodes.remove()
  await logReader.close()
  await store.stop()
})

const someone = () => ({ ...person, email: `someone-${randomUUID()}@example.org` })
const ask = (node: Node, token: string) => node.get('/secure/user', token)
const guarded = async (node: Node, token: string) => (await ask(node, token)).status
const guardedOnceFresh = async (node: Node, token: string) => (await onceFresh(() => ask(node, token))).status
const others = (lost: number) => nodes.all.filter((node) => node !== nodes.at(lost))

describe('of three nodes one is lost', () => {
  test('and the others go on: with its sessions, its accounts, its locks, and new ones', async () => {
    const [known, locked] = [someone(), someone()]
    const { token } = await nodes.at(0).register(known)
    const { body } = await nodes.at(0).post('/login', { ...known, transport: 'bearer' })
    await nodes.at(0).del(`/sessions/${body.session.id}`, token)
    for (let n = 0; n < 6; n++) await nodes.at(0).post('/login', { ...locked, password: 'a wrong guess', transport: 'bearer' })
    await nodes.kill(0)
    await haveReached(others(0), await logReader.head())

    for (const node of others(0)) {
      expect(await guardedOnceFresh(node, token)).toBe(200)
      expect(await guardedOnceFresh(node, body.token)).toBe(401)
      expect((await node.post('/login', { ...locked, transport: 'bearer' })).body.code).toBe('LOCKED_OUT')
      expect((await node.logIn(known)).token).toEqual(expect.any(String))
      expect((await node.register(someone())).token).toEqual(expect.any(String))
    }
    await nodes.restart(0)
    await haveReached(nodes.all, await logReader.head())
    expect(await guardedOnceFresh(nodes.at(0), token)).toBe(200)
    expect(await guardedOnceFresh(nodes.at(0), body.token)).toBe(401)
  })

  test('because the store is out of its reach: it lets nobody in, the others do, and it comes back by itself', async () => {
    const { token } = await nodes.at(1).register(someone())
    nodes.at(1).way.play('refuse')
    while ((await guarded(nodes.at(1), token)) === 200);
    expect((await nodes.at(1).get('/health/ready')).status).toBe(503)
    expect((await nodes.at(1).get('/health/live')).status).toBe(200)
    for (const node of others(1)) {
      expect(await guardedOnceFresh(node, token)).toBe(200)
      expect((await node.register(someone())).token).toEqual(expect.any(String))
    }
    nodes.at(1).way.play('pass')
    while ((await guarded(nodes.at(1), token)) !== 200);
    expect((await nodes.at(1).register(someone())).token).toEqual(expect.any(String))
  })
})

describe('the store is lost', () => {
  test('and nobody is let in within the bound; when it is back, by itself, those who were are again', async () => {
    const { token } = await nodes.at(0).register(someone())
    await haveReached(nodes.all, await logReader.head())
    await store.goAway()
    for (const node of nodes.all) {
      while ((await guarded(node, token)) === 200);
      expect(await guarded(node, token)).toBe(503)
    }
    await store.comeBack()
    for (const node of nodes.all) while ((await guarded(node, token)) !== 200);
    expect((await nodes.at(2).register(someone())).token).toEqual(expect.any(String))
  })
})
