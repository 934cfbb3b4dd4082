import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problem } from '../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

type Entry = {
  readonly position: number
  readonly type: string
  readonly account: string | null
  readonly actor: string
  readonly session: string | null
  readonly correlationId: string
}
type Page = { readonly entries: readonly Entry[]; readonly next: string | null; readonly previous: string | null }

describe('the filters of the audit trail', () => {
  let app: InProcess
  let root: { readonly accountId: string; readonly token: string }
  let ada: { readonly accountId: string; readonly token: string }
  let adasSession = ''
  let adminSession = ''

  const page = async (query: string, token = root.token, path = '/audit'): Promise<Page> => {
    const { status, body } = await app.get(`${path}?${query}`, token)
    expect([query, status]).toEqual([query, 200])
    return body
  }
  const found = async (query: string) => (await page(`${query}&limit=100`)).entries.filter(({ type }) => type !== 'DataRead')
  const kinds = async (query: string) => (await found(query)).map(({ type }) => type)

  beforeAll(async () => {
    app = await startTestServer()
    root = await app.setUp(setupToken)
    ada = await app.register()
    adasSession = (await app.get('/session', ada.token)).body.session.id
    root = { ...root, token: await app.elevated(root.token) }
    adminSession = (await app.get('/session', root.token)).body.session.id
    await app.put(`/admin/accounts/${ada.accountId}/roles/editor`, undefined, root.token)
    await app.put(`/admin/accounts/${ada.accountId}/claims/publisher`, { value: true }, root.token)
    await app.post('/logout', undefined, ada.token)
    ada = await app.logIn()
  })
  afterAll(() => app.stop())

  test('a session has what happened to it, and what was asked for in it', async () => {
    expect(await kinds(`session=${adasSession}`)).toEqual(['SessionRevoked', 'SessionGranted'])
    const done = await found(`session=${adminSession}`)
    expect(done.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['ClaimAsserted', 'RoleGranted', 'SessionElevated', 'SessionGranted']),
    )
    for (const { session } of done) expect(session).toBe(adminSession)
    expect(await kinds(`session=${adminSession}&account=${ada.accountId}&order=oldest`)).toEqual(['RoleGranted', 'ClaimAsserted'])
  })

  test('a correlation has what one request caused', async () => {
    const [granted] = await found('type=AccountRegistered&order=newest')
    const caused = await found(`correlation=${granted?.correlationId}&order=oldest`)
    expect(caused.map(({ type }) => type)).toEqual(expect.arrayContaining(['EmailClaimed', 'AccountRegistered', 'SessionGranted']))
    expect(await kinds(`correlation=${granted?.correlationId}&type=SessionGranted&session=${adasSession}`)).toEqual(['SessionGranted'])
    expect(await kinds(`correlation=${granted?.correlationId}&session=${adminSession}`)).toEqual([])
  })

  test('several types are one value', async () => {
    const both = await found('type=RoleGranted,ClaimAsserted,RoleGranted')
    expect(both.map(({ type }) => type)).toEqual(['ClaimAsserted', 'RoleGranted'])
    expect(await kinds(`type=RoleGranted,SessionGranted&account=${ada.accountId}&actor=${root.accountId}`)).toEqual(['RoleGranted'])
    expect(await kinds('type=Nothing,Never')).toEqual([])
  })

  test('pages lead back to where they came from, in both orders', async () => {
    for (const order of ['newest', 'oldest']) {
      const query = `type=SessionGranted,RoleGranted,ClaimAsserted,AccountRegistered&order=${order}&limit=2`
      const first = await page(query)
      const second = await page(`${query}&cursor=${first.next}`)
      const back = await page(`${query}&cursor=${second.previous}`)
      expect(second.entries).toHaveLength(2)
      expect(back.entries).toEqual(first.entries)
      expect([first.previous, back.previous]).toEqual([null, null])
      expect((await page(`${query}&cursor=${back.next}`)).entries).toEqual(second.entries)
    }
  })

  test.each(['/audit', '/audit/me'])('a cursor of %s is refused for another order, filter or account', async (path) => {
    const token = root.token
    const { next } = await page('limit=1&type=SessionGranted,SessionElevated', token, path)
    expect((await page(`type=SessionElevated,SessionGranted&cursor=${next}`, token, path)).previous).not.toBeNull()
    const wrong = [
      `cursor=${next}`,
      `type=SessionGranted&cursor=${next}`,
      `type=SessionGranted,SessionElevated&order=oldest&cursor=${next}`,
    ]
    const others = [`type=SessionGranted,SessionElevated&session=${adminSession}&cursor=${next}`]
    for (const query of [...wrong, ...others]) {
      const refused = await app.get(`${path}?${query}`, token)
      const errors = [{ path: 'cursor', expected: '`next` or `previous` of an earlier response with the same filters and order' }]
      expect(refused).toMatchObject({ status: 400, body: { ...problem('VALIDATION_FAILED'), errors } })
    }
  })

  test('a cursor of one’s own trail is nobody else’s', async () => {
    const { next } = await page('limit=1', ada.token, '/audit/me')
    expect(await app.get(`/audit/me?cursor=${next}`, root.token)).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
  })

  test.each([
    'order=latest',
    'session=x',
    'correlation=',
    'type=,',
    'type=A,,B',
    `type=${Array(21)
      .fill(0)
      .map((_, n) => 'A'.repeat(n + 1))}`,
  ])('?%s is refused', async (query) => {
    for (const path of ['/audit', '/audit/me']) {
      expect(await app.get(`${path}?${query}`, root.token)).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
    }
  })

  test('an owner does not learn the session of an administrator', async () => {
    const { entries } = await page('limit=100', ada.token, '/audit/me')
    expect(entries.filter(({ actor }) => actor === root.accountId)).toMatchObject([{ session: null }, { session: null }])
    expect(JSON.stringify(entries)).not.toContain(adminSession)
    expect(entries.map(({ session }) => session)).toContain(adasSession)
    expect((await page(`session=${adminSession}`, ada.token, '/audit/me')).entries).toEqual([])
  })
})
