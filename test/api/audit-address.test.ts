import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person, stepsOf } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

type Entry = { readonly position: number; readonly at: string; readonly type: string; readonly account: string | null }

const home = '192.0.2.10'
const elsewhere = '198.51.100.7'
const [desk, phone, nextDoor] = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1']

describe('the audit trail of an address', () => {
  let app: InProcess
  let root = ''
  let ada: { readonly accountId: string; readonly token: string }
  let grace: { readonly accountId: string }

  const from = (address: string) => stepsOf((call) => app.send({ ...call, headers: { ...call.headers, 'x-forwarded-for': address } }))
  const asked = (address: string, others = '') => app.get(`/audit?address=${encodeURIComponent(address)}${others}`, root)
  const found = async (address: string, others = ''): Promise<readonly Entry[]> => {
    const { status, body } = await asked(address, others)
    expect(status).toBe(200)
    return body.entries
  }
  const told = async (address: string, others = '') => (await found(address, others)).map(({ type, account }) => [type, account])
  const guess = (address: string, email: string) => from(address).post('/login', { email, password: 'wrong', transport: 'bearer' })

  beforeAll(async () => {
    app = await startTestServer({ env: { TRUSTED_PROXIES: '127.0.0.1', LOGIN_MAX_ATTEMPTS: '3' } })
    root = (await app.setUp(setupToken)).token
    root = await app.elevated(root)
    ada = await from(home).register()
    for (const email of [person.email, 'nobody@example.org']) await guess(elsewhere, email)
    await from(home).logIn()
    const who = { email: 'grace@example.org' }
    grace = await from(desk).register(who)
    await from(phone).logIn(who)
    await from(nextDoor).logIn(who)
  })
  afterAll(() => app.stop())

  test('holds the attempts and the sessions that came from it, newest first, and nothing from elsewhere', async () => {
    const { accountId } = ada
    const own = ['SessionGranted', 'LoginAttempted', 'SessionGranted'].map((type) => [type, accountId])
    expect(await told(home)).toEqual(own)
    expect(await told(elsewhere)).toEqual([
      ['LoginAttempted', null],
      ['LoginAttempted', accountId],
    ])
  })

  test('holds nothing of what came of them: a rejection, a lock, the end of a session', async () => {
    const address = '203.0.113.1'
    for (let n = 0; n < 5; n += 1) await guess(address, 'mallory@example.org')
    expect(new Set((await found(address)).map(({ type }) => type))).toEqual(new Set(['LoginAttempted']))
    expect(await found(address)).toHaveLength(3)
    expect((await app.get('/audit?type=LoginLocked', root)).body.entries).toHaveLength(1)
    const own = await from('203.0.113.2').logIn({ email: 'grace@example.org' })
    await from('203.0.113.2').post('/logout', undefined, own.token)
    expect((await found('203.0.113.2')).map(({ type }) => type)).toEqual(['SessionGranted', 'LoginAttempted'])
  })

  test('is that of the whole /64 of an IPv6 address, in any spelling, and of no other', async () => {
    const both = await found(desk)
    expect(both.map(({ type }) => type)).toEqual(['SessionGranted', 'LoginAttempted', 'SessionGranted'])
    for (const spelling of [phone, '2001:0DB8:0001:0002::', '2001:db8:1:2:aaaa:bbbb:192.0.2.1']) expect(await found(spelling)).toEqual(both)
    expect((await found(nextDoor)).map(({ type }) => type)).toEqual(['SessionGranted', 'LoginAttempted'])
  })

  test('is that of the IPv4 address, also where one of the two wrote it as IPv6', async () => {
    const plain = await found(home)
    for (const spelling of [`::ffff:${home}`, '::FFFF:c000:20a', '0:0:0:0:0:ffff:c000:020a']) expect(await found(spelling)).toEqual(plain)
    await guess('::ffff:203.0.113.3', 'nobody@example.org')
    expect(await told('203.0.113.3')).toEqual([['LoginAttempted', null]])
  })

  test('is in its entries, as the caller had it, and in no other', async () => {
    const addressesOf = async (query: string) =>
      ((await app.get(`/audit?limit=100${query}`, root)).body.entries as { type: string; address: string | null }[]).map(
        ({ type, address }) => [type, address],
      )
    expect(await addressesOf(`&account=${ada.accountId}&address=${home}`)).toEqual([
      ['SessionGranted', home],
      ['LoginAttempted', home],
      ['SessionGranted', home],
    ])
    expect(await addressesOf(`&address=${elsewhere}`)).toEqual(Array(2).fill(['LoginAttempted', elsewhere]))
    expect(await addressesOf(`&account=${grace.accountId}&address=${encodeURIComponent(desk)}`)).toEqual([
      ['SessionGranted', phone],
      ['LoginAttempted', phone],
      ['SessionGranted', desk],
    ])
    const others = (await addressesOf(`&account=${ada.accountId}`)).filter(
      ([type]) => !/^(SessionGranted|LoginAttempted)$/.test(type ?? ''),
    )
    expect(others.length).toBeGreaterThan(2)
    expect(new Set(others.map(([, address]) => address))).toEqual(new Set([null]))
  })

  test('is nobody else’s to read: not in one’s own trail, and gone with the account', async () => {
    const { token, accountId } = await from('203.0.113.50').register({ email: 'leaving@example.org' })
    const own = (await app.get('/audit/me', token)).body.entries as object[]
    for (const entry of own) expect(Object.keys(entry)).not.toContain('address')
    expect(JSON.stringify(own)).not.toMatch(/ipAddress|203\.0\.113/)
    await app.send({ method: 'DELETE', path: `/admin/accounts/${accountId}`, token: root })
    const [granted] = (await asked('203.0.113.50')).body.entries
    expect(granted).toMatchObject({ type: 'SessionGranted', account: accountId, address: null })
  })

  test('comes in pages', async () => {
    const all = await found(home)
    const first = (await asked(home, '&limit=2')).body
    const second = (await asked(home, `&limit=2&cursor=${first.next}`)).body
    expect([first.entries, second.entries, second.next]).toEqual([all.slice(0, 2), all.slice(2), null])
  })

  test('can be narrowed further', async () => {
    const all = await found(home)
    expect(await found(home, '&type=LoginAttempted')).toEqual([all[1]])
    expect(await found(home, `&account=${ada.accountId}`)).toEqual(all)
    expect(await found(home, `&account=${grace.accountId}`)).toEqual([])
    expect(await found(home, `&actor=${ada.accountId}&type=SessionGranted`)).toEqual([all[0], all[2]])
    const first = all[2]?.at ?? ''
    expect(await found(home, `&to=${first}`)).toEqual(all.filter(({ at }) => at <= first))
  })

  test.each(['203.0.113.99', '2001:db8:ffff::1', '0.0.0.0', '::'])('is empty when nobody came from it: %s', async (address) => {
    expect((await asked(address)).body).toEqual({ entries: [], next: null, previous: null })
  })

  test.each([
    '',
    ' ',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.010',
    '3221225994',
    '192.0.2.10/32',
    '192.0.2.10:80',
    '192.0.2.10 ',
    '[2001:db8::1]',
    '2001:db8::1::2',
    '2001:db8::/64',
    'fe80::1%eth0',
    'localhost',
    'canary-2f9e',
  ])('refuses what is no address and does not repeat it: %j', async (address) => {
    const before = await app.gatebook.store.head()()
    const refused = await asked(address)
    const errors = [{ path: 'address', expected: 'an IPv4 or IPv6 address' }]
    expect(refused).toMatchObject({ status: 400, body: { ...problem('VALIDATION_FAILED'), errors } })
    if (address.trim() !== '') expect(refused.text).not.toContain(address)
    expect(await app.gatebook.store.head()()).toEqual(before)
  })

  test('refuses two addresses at once', async () => {
    expect(await asked(home, `&address=${elsewhere}`)).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
  })

  test('is for administrators, and nobody has one of oneself', async () => {
    expect(await app.get(`/audit?address=${home}`)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.get(`/audit?address=${home}`, ada.token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    expect(await app.get('/audit?address=x', ada.token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    expect(await app.get(`/audit/me?address=${home}`, ada.token)).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
  })

  test('is in the contract, of everybody and not of oneself', async () => {
    const { paths } = (await app.get('/openapi.json')).body
    const named = (path: string) => paths[path].get.parameters.filter(({ name }: { name?: string }) => name === 'address')
    expect(named('/api/1/audit')).toEqual([
      { name: 'address', in: 'query', required: false, schema: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] } },
    ])
    expect(named('/api/1/audit/me')).toEqual([])
  })

  test('still holds the sessions of somebody who was erased since, and no attempt at the address', async () => {
    const before = await told(home)
    expect((await app.del(`/admin/accounts/${ada.accountId}`, root)).status).toBe(204)
    expect(before.some(([type]) => type === 'LoginAttempted')).toBe(true)
    expect(await told(home)).toEqual(before.filter(([type]) => type !== 'LoginAttempted'))
  })
})
