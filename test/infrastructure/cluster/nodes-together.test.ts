import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sealed } from '../../../domain/kernel/sealed.ts'
import { emailAddress } from '../../support/domain/email-address.ts'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { type Cluster, havingSeen, type Node, openCluster } from './support.ts'

/** Long enough for a busy machine. */
const patient = { env: { MAX_STALENESS_MS: '20000' } }

describe('nodes of one cluster', () => {
  let cluster: Cluster
  let one: Node
  let other: Node
  let third: Node
  beforeAll(async () => {
    cluster = await openCluster()
    ;[one, other, third] = await Promise.all([cluster.startNode(patient), cluster.startNode(patient), cluster.startNode(patient)])
  })
  afterAll(() => cluster.close())

  const newcomer = async (node: Node, email: string) => {
    const answer = await node.post('/register', { ...person, email, transport: 'bearer' })
    expect(answer.status).toBe(201)
    return { token: String(answer.body.token), accountId: String(answer.body.accountId), seen: havingSeen(answer) }
  }
  const guarded = (node: Node, token: string, seen: object = {}) => node.send({ method: 'GET', path: '/secure/user', token, ...seen })

  test('have the same keys, though they started on an empty log at the same moment', () => {
    const nodes = [one, other, third].map(({ gatebook }) => gatebook.ports.crypto)
    expect(new Set(nodes.map(({ indexEmail }) => indexEmail(emailAddress('ada@example.org')))).size).toBe(1)
    expect(new Set(nodes.map(({ indexNetwork }) => indexNetwork('192.0.2.7'))).size).toBe(1)
    expect(new Set(nodes.map(({ derive }) => Buffer.from(derive('totp', 'x')).toString('hex'))).size).toBe(1)
  })

  test('read their own writes at once, and those of another with its position', async () => {
    const { token, seen } = await newcomer(one, 'writes@example.org')
    expect((await guarded(one, token)).status).toBe(200)
    expect((await guarded(other, token, seen)).status).toBe(200)
    const loggedIn = await third.post('/login', { ...person, email: 'writes@example.org', transport: 'bearer' })
    expect(loggedIn.status).toBe(200)
    expect((await guarded(other, loggedIn.body.token, havingSeen(loggedIn))).status).toBe(200)
  })

  test('end a session for all of them', async () => {
    const { token, seen } = await newcomer(one, 'ended@example.org')
    expect((await guarded(other, token, seen)).status).toBe(200)
    const ended = await one.post('/logout', undefined, token)
    expect(ended.status).toBe(204)
    expect((await guarded(one, token)).status).toBe(401)
    expect((await guarded(other, token, havingSeen(ended))).status).toBe(401)
  })

  test('count guesses together', async () => {
    await newcomer(one, 'guessed@example.org')
    const guess = (node: Node, n: number) =>
      node.post('/login', { email: 'guessed@example.org', password: `a wrong guess ${n}`, transport: 'bearer' })
    const answers = []
    for (let n = 0; n < 6; n++) answers.push((await guess([one, other, third][n % 3] as Node, n)).status)
    expect(answers).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('forget the key of somebody who was erased on another one', async () => {
    const { token, accountId, seen } = await newcomer(one, 'erased@example.org')
    const { vault } = other.gatebook.ports.crypto
    await guarded(other, token, seen)
    const sealed = other.gatebook.queries.accountQueries.byId(accountId)?.email as Sealed
    expect(await vault.unseal('email', sealed)()).toMatchObject({ right: 'erased@example.org' })

    const root = await one.setUp(setupToken)
    const elevated = await one.elevated(root.token)
    const erased = await one.del(`/admin/accounts/${accountId}`, elevated)
    expect(erased.status).toBe(204)
    await guarded(other, root.token, havingSeen(erased))
    expect(await vault.unseal('email', sealed)()).toEqual({ _tag: 'Left', left: { type: 'key_shredded' } })
    expect(await other.post('/setup', { setupToken, ...person, email: 'second@example.org', transport: 'bearer' })).toMatchObject({
      status: 404,
    })
  })

  test('sign access tokens with the same key, and with the new one when it was changed on another', async () => {
    const { token, seen } = await newcomer(one, 'signed@example.org')
    const kidOf = async (node: Node) => {
      const answer = await node.send({ method: 'POST', path: '/token', token, ...seen })
      return JSON.parse(Buffer.from(String(answer.body.accessToken).split('.')[0] ?? '', 'base64url').toString()).kid
    }
    const first = await kidOf(one)
    expect(await kidOf(other)).toBe(first)
    expect(isLeft(await other.gatebook.accessTokens.rotate()())).toBe(false)
    expect(await kidOf(other)).not.toBe(first)
    expect(await kidOf(one)).toBe(await kidOf(other))
  })

  test('make one key to sign with, though both are asked for the first one at the same moment', async () => {
    const fresh = await openCluster()
    const [left, right] = await Promise.all([fresh.startNode(), fresh.startNode()])
    const keys = await Promise.all([left, right].map(({ gatebook }) => gatebook.accessTokens.jwks()()))
    expect(keys[0]).toEqual(keys[1])
    await fresh.close()
  })

  test('refuse a master key that is not the one of the others', async () => {
    const env = { MASTER_KEY: Buffer.alloc(32, 1).toString('base64') }
    await expect(cluster.startNode({ env })).rejects.toMatchObject({ failure: { type: 'wrong_master_key' } })
  })

  test('know a role that another one gave', async () => {
    const { token, accountId, seen } = await newcomer(one, 'role@example.org')
    expect((await other.send({ method: 'GET', path: '/secure/admin', token, ...seen })).body).toEqual(problem('ROLE_REQUIRED'))
    const root = await third.logIn({ email: 'root@example.org' })
    const given = await third.put(`/admin/accounts/${accountId}/roles/admin`, undefined, await third.elevated(root.token))
    expect(given.status).toBe(204)
    expect((await other.send({ method: 'GET', path: '/secure/admin', token, ...havingSeen(given) })).status).toBe(200)
  })
})
