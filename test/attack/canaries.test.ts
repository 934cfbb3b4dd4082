import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GatebookServer, startGatebook } from '../../testing/start-gatebook.ts'
import { type Answer, type Call, stepsOf } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { mailTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { canariesBelow, canariesIn } from './support/canaries.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-canary-consents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const consents = [{ purpose: 'newsletter', version: '1', title: { en: 'News' }, text: { en: 'Once a month.' } }]
const consentsFile = join(folder, 'consents.json')
writeFileSync(consentsFile, JSON.stringify(consents))

const env = { LOG_LEVEL: 'trace', TRUSTED_PROXIES: '127.0.0.1', REFRESH_GRACE_SECONDS: '0', CONSENTS_FILE: consentsFile }
const given = {
  email: 'canary.mail.7f3a@example.org',
  password: 'canary password 9c1d',
  wrongPassword: 'canary wrong guess 5e2b',
  nextPassword: 'canary next password 83aa',
  userAgent: 'CanaryAgent/41ff',
  address: '203.0.113.77',
  nextEmail: 'canary.moved.c40e@example.org',
  unusedEmail: 'canary.unused.1b9d@example.org',
  invitedEmail: 'canary.invited.77d2@example.org',
  invitedPassword: 'canary invited password d05c',
  unknownEmail: 'canary.stranger.60bd@example.org',
  query: 'canary-query-2f9e',
}

const addresses = ['email', 'nextEmail', 'unusedEmail', 'invitedEmail']

const who = { email: given.email, password: given.password }

/** Canaries that a response may contain because its caller asked for them. */
const belongs: Readonly<Record<string, readonly string[]>> = {
  '/session': ['email', 'nextEmail'],
  '/sessions': ['address', 'userAgent'],
  '/me/export': ['email', 'nextEmail', 'address', 'userAgent'],
  '/audit': ['address'],
  '/admin/accounts': ['nextEmail', 'invitedEmail'],
  '/admin/accounts/:id': ['nextEmail'],
}

type Seen = { readonly path: string; readonly answer: Answer }

/** The whole life of an account and of an invited one, with an administrator who reads the audit trail. Keeps every token and every response. */
const liveALife = async (server: GatebookServer) => {
  const seen: Seen[] = []
  const tokens: Record<string, string> = {}
  const plain = overHttp(server.baseUrl)
  const send = async (call: Call) => {
    const headers = { 'user-agent': given.userAgent, 'x-forwarded-for': given.address, ...call.headers }
    const answer = await plain.send({ ...call, headers })
    seen.push({ path: call.path.replace(/\?.*/, '').replace(/[0-9a-f-]{36}/, ':id'), answer })
    for (const name of ['token', 'refreshToken']) {
      if (typeof answer.body?.[name] === 'string') tokens[`${name} ${Object.keys(tokens).length}`] = answer.body[name]
    }
    const cookie = /__Host-gatebook=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1]
    if (cookie !== undefined) tokens[`cookie ${Object.keys(tokens).length}`] = cookie
    return answer
  }
  const app = stepsOf(send)
  const linkTo = async (email: string, subject: RegExp) => {
    const link = ticketIn(await mailTo(server.dataDir, email, subject))
    expect(link).not.toBe('')
    tokens[`link ${Object.keys(tokens).length}`] = link
    return link
  }
  const root = await app.setUp(server.setupToken)
  const { accountId } = await app.register(who)
  const cookie = await send({
    method: 'POST',
    path: '/login',
    body: { email: given.email, password: given.password },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
  expect(cookie.status).toBe(200)
  for (const email of [given.email, given.unknownEmail]) {
    for (let n = 0; n < 3; n += 1) await app.post('/login', { email, password: given.wrongPassword, transport: 'bearer' })
  }
  for (let n = 0; n < 3; n += 1) await app.post('/login', { email: given.unknownEmail, password: given.wrongPassword, transport: 'bearer' })
  await app.post(`/login?${given.query}=${given.query}`, { email: given.email, password: given.query, [given.query]: 1 })
  const { token, refreshToken } = await app.logIn(who)
  const elevated = await app.elevated(token, given.password)
  await app.post('/password', { currentPassword: given.wrongPassword, newPassword: given.nextPassword }, elevated)
  expect((await app.post('/password', { currentPassword: given.password, newPassword: given.nextPassword }, elevated)).status).toBe(204)
  await app.get('/session', elevated)
  await app.get('/sessions', elevated)
  await app.get('/audit/me', elevated)
  expect((await app.get('/me/export', elevated)).status).toBe(200)
  for (const given of [true, false, true]) mustBe(204, await app.put('/me/consents/newsletter', { given, version: '1' }, elevated))
  expect((await app.get('/me/consents', elevated)).body.consents).toMatchObject([{ given: true }])
  mustBe(202, await app.post('/email', { email: given.nextEmail }, elevated))
  const confirmation = await linkTo(given.nextEmail, /^Confirm/)
  mustBe(204, await app.post('/email/confirm', { token: confirmation }))
  expect((await app.post('/email/confirm', { token: confirmation })).status).toBe(401)
  expect((await app.get('/session', elevated)).body.email).toBe(given.nextEmail)
  const refreshed = (await app.post('/session/refresh', { refreshToken })).body
  await app.post('/session/refresh', { refreshToken })
  expect((await app.get('/session', refreshed.token)).status).toBe(401)
  const admin = await app.elevated(root.token)
  expect((await app.get(`/admin/accounts?email=${given.email}`, admin)).body.accounts).toEqual([])
  expect((await app.get(`/admin/accounts?email=${given.nextEmail}`, admin)).body.accounts).toHaveLength(1)
  const invitation = { email: given.invitedEmail, invite: true, claims: { level: 1 } }
  const invitedId = mustBe(201, await app.post('/admin/accounts', invitation, admin)).accountId
  mustBe(202, await app.post(`/admin/accounts/${invitedId}/invite`, undefined, admin))
  // It is recorded after the mail is out, and only while nobody has accepted it.
  const mailed = async () => (await app.get(`/audit?account=${invitedId}&type=InvitationMailed`, admin)).body.entries.length
  await expect.poll(mailed, { timeout: 30_000 }).toBeGreaterThan(0)
  const accepted = { token: await linkTo(given.invitedEmail, /invited/i), password: given.invitedPassword, transport: 'bearer' }
  mustBe(200, await app.post('/invitation/confirm', accepted))
  mustBe(401, await app.post('/invitation/confirm', accepted))
  await app.get('/admin/accounts?prefix=canary.invited', admin)
  expect((await app.get(`/audit?address=${given.address}&limit=1`, admin)).body.entries).toHaveLength(1)
  await app.get('/audit', admin)
  await app.get('/metrics')
  await app.get(`/${given.query}`)
  const moved = await app.logIn({ email: given.nextEmail, password: given.nextPassword })
  mustBe(202, await app.post('/email', { email: given.unusedEmail, password: given.nextPassword }, moved.token))
  return { seen, tokens, admin, accountId, invitedId, moved, app }
}

const inMails = new RegExp(`^outbox/.*: (${addresses.join('|')}|link \\d+)$`)

/** A mail in the outbox contains its address and its link in the clear, and no other canary. */
const besideMails = (found: readonly string[]) => found.filter((where) => !inMails.test(where))

describe('canaries', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatebook-canary-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  test('of a whole life stand in no file, no log line, no metric and no answer where they do not belong', async () => {
    const server = await startGatebook({ env, dataDir })
    const { seen, tokens, admin, accountId, invitedId, moved, app } = await liveALife(server)
    const all = { ...given, ...tokens }
    expect(Object.keys(tokens).length).toBeGreaterThan(8)
    expect(besideMails(canariesBelow(dataDir, all))).toEqual([])

    const canaryOf = await app.get(`/admin/accounts/${accountId}`, admin)
    expect(canaryOf.body.email).toBe(given.nextEmail)
    mustBe(204, await app.del('/me', moved.token, { password: given.nextPassword }))
    mustBe(204, await app.del(`/admin/accounts/${invitedId}`, admin))
    await mailTo(dataDir, given.nextEmail, /deleted/)
    for (const name of ['email', 'nextEmail', 'invitedEmail'] as const)
      expect((await app.get(`/admin/accounts?email=${given[name]}`, admin)).body.accounts).toEqual([])
    expect((await app.get(`/admin/accounts/${accountId}`, admin)).body.email).toBeNull()
    expect(besideMails(canariesBelow(dataDir, all))).toEqual([])
    await server.stop()
    expect(besideMails(canariesBelow(dataDir, all))).toEqual([])
    const { stdout, stderr } = server.output()
    expect(stdout).toContain('"request completed"')
    expect(canariesIn(`${stdout}${stderr}`, all)).toEqual([])

    for (const { path, answer } of seen) {
      const found = canariesIn(`${answer.text} ${JSON.stringify(answer.headers)}`, given)
      expect(
        found.filter((name) => belongs[path]?.includes(name) !== true),
        path,
      ).toEqual([])
    }

    const again = await startGatebook({ env, dataDir })
    const later = await overHttp(again.baseUrl).logIn({ email: 'root@example.org' })
    expect((await overHttp(again.baseUrl).get(`/admin/accounts/${accountId}`, later.token)).body.email).toBeNull()
    for (const name of ['email', 'nextEmail', 'unusedEmail', 'invitedEmail'] as const)
      expect((await overHttp(again.baseUrl).register({ email: given[name] })).accountId).toEqual(expect.any(String))
    await again.stop()
    const events = await recordedLog(dataDir)
    const recorded = events.map(({ type }) => type)
    const expected = ['EmailReserved', 'EmailReplaced', 'EmailReleased', 'InvitationMailed', 'InvitationAccepted']
    expect(recorded).toEqual(expect.arrayContaining([...expected, 'DataExported', 'ConsentGiven', 'ConsentWithdrawn']))
    for (const erased of [accountId, invitedId]) expect(events.filter(({ stream }) => stream === `dataKey-${erased}`)).toEqual([])
    expect(events.some(({ type, stream }) => type === 'AccountRegistered' && stream === `account-${accountId}`)).toBe(true)
  })

  test('the data key of somebody erased is in no file, though it was', async () => {
    const server = await startGatebook({ env, dataDir })
    const { admin, accountId, app } = await liveALife(server)
    const key = (await recordedLog(dataDir)).find(({ stream }) => stream === `dataKey-${accountId}`)
    if (key === undefined) throw new Error('nobody has a data key')
    const wrapped = { wrappedKey: (key.data as { wrappedKey: string }).wrappedKey }
    const copy = join(dataDir, '..', `${dataDir.split('/').at(-1)}-copy`)
    cpSync(dataDir, copy, { recursive: true })
    expect(canariesBelow(copy, wrapped)).not.toEqual([])
    rmSync(copy, { recursive: true })
    await app.del(`/admin/accounts/${accountId}`, admin)
    expect(canariesBelow(dataDir, wrapped)).toEqual([])
    await server.stop()
    expect(canariesBelow(dataDir, wrapped)).toEqual([])
  })

  test('are found where they are planted, however they are written', () => {
    const { password } = given
    for (const text of [
      password,
      password.toUpperCase(),
      Buffer.from(password).toString('base64'),
      Buffer.from(password).toString('hex'),
    ]) {
      writeFileSync(join(dataDir, 'planted'), `before ${text} after`)
      expect(canariesBelow(dataDir, given)).toEqual(['planted: password'])
    }
  })
})
