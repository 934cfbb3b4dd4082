import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { exportReceipt } from '../../../application/proofs/export-receipt.ts'
import { type Json, person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { aTime } from '../../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { crashingBefore } from '../../support/test-app/stores.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const CONSENTS_FILE = join(folder, 'consents.json')
writeFileSync(CONSENTS_FILE, JSON.stringify([{ purpose: 'newsletter', version: '1', title: { en: 'News' }, text: { en: 'Monthly.' } }]))

const userAgent = 'Agent of the export test/1.0'
const headers = { 'user-agent': userAgent }

const registering = async (app: InProcess, email: string) => {
  const body = { ...person, email, transport: 'bearer' }
  return mustBe(201, await app.send({ method: 'POST', path: '/register', body, headers })) as { accountId: string; token: string }
}

/** Oldest first. */
const wholeTrail = async (app: InProcess, token: string) => {
  const entries: Json[] = []
  let cursor = ''
  for (;;) {
    const { body } = await app.get(`/audit/me?limit=100${cursor}`, token)
    entries.push(...body.entries)
    if (body.next === null) return entries.reverse()
    cursor = `&cursor=${encodeURIComponent(body.next)}`
  }
}

/** Over a socket; `undefined` if the response breaks off. */
const fetched = async (app: InProcess, token: string) => {
  const answer = await fetch(`${app.url}/api/1/me/export`, { headers: { authorization: `Bearer ${token}` } })
  try {
    return { status: answer.status, text: await answer.text() }
  } catch {
    return { status: answer.status, text: undefined }
  }
}

const manyEvents = async (app: InProcess, token: string, count: number) => {
  for (let n = 0; n < count; n += 1) mustBe(200, await app.post('/token', undefined, token))
}

describe('the export of one’s own data', async () => {
  const { app, steps } = await suiteServer({ env: { CONSENTS_FILE } })

  test('is a file of everything that is held', async () => {
    const email = 'everything@example.org'
    const { accountId, token } = await registering(app, email)
    await app.post('/login', { ...person, email, password: 'a wrong guess', transport: 'bearer' })
    await app.send({ method: 'POST', path: '/login', body: { ...person, email }, headers, origin })
    mustBe(204, await app.put('/me/consents/newsletter', { given: true, version: '1' }, token))
    const elevated = await app.elevated(token)
    const answer = await app.get('/me/export', elevated)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'content-disposition': 'attachment; filename="gatebook-export.json"',
      'cache-control': 'no-store',
    })
    const { history, ...held } = answer.body
    expect(held).toEqual({
      format: 2,
      exportedAt: aTime,
      blobs: [],
      account: { id: accountId, email, emailVerified: false, roles: [], claims: {}, registeredAt: aTime, profile: null },
      secondFactor: (await app.get('/totp', elevated)).body,
      sessions: (await app.get('/sessions', elevated)).body.sessions,
      devices: [{ id: expect.any(String), rememberedAt: aTime, userAgent, device: { browser: null, system: null, platform: null } }],
      language: null,
      consents: [{ purpose: 'newsletter', given: true, version: '1', at: aTime }],
    })
    expect(held.sessions).toHaveLength(2)
    expect(history.map(({ email: _, address: __, userAgent: ___, receipt: ____, ...entry }: Json) => entry)).toEqual(
      await wholeTrail(app, elevated),
    )
    const of = (type: string) => history.filter((entry: Json) => entry.type === type)
    expect(of('AccountRegistered')).toEqual([expect.objectContaining({ email })])
    expect(of('SessionGranted')).toHaveLength(2)
    for (const granted of of('SessionGranted')) expect(granted).toMatchObject({ address: '127.0.0.1', userAgent })
    expect(of('LoginAttempted').map((entry: Json) => entry.address)).toEqual(['127.0.0.1', '127.0.0.1'])
    expect(of('DeviceRemembered')).toEqual([expect.objectContaining({ userAgent })])
    expect(history.at(-1)).toMatchObject({ type: 'DataExported', actor: accountId, summary: 'Own data exported' })
    expect(Object.keys(history.at(-1))).not.toContain('address')
  })

  test('holds no hash, secret or sealed value', async () => {
    const { token, secret, recoveryCodes } = await steps.somebody('no-secrets@example.org')
    const { text, body } = await app.get('/me/export', token)
    expect(body.secondFactor).toMatchObject({ enrolled: true, recoveryCodesLeft: recoveryCodes.length })
    for (const hidden of ['argon2', secret, `${body.account.id}.`, ...recoveryCodes]) expect(text).not.toContain(hidden)
  })

  test('has a receipt of each event, which is the same whatever happens to others, and no hash that could be searched for', async () => {
    const { token } = await registering(app, 'receipts@example.org')
    const elevated = await app.elevated(token)
    const receiptsIn = async () => {
      app.advance(60_000)
      const { history, account } = mustBe(200, await app.get('/me/export', elevated))
      return { accountId: account.id, receipts: history.map(({ receipt }: Json) => receipt) as string[] }
    }
    const { accountId, receipts } = await receiptsIn()
    for (let n = 0; n < 9; n += 1) await app.register({ email: `in-between-${n}@example.org` })
    const later = await receiptsIn()
    expect(later.receipts.slice(0, receipts.length)).toEqual(receipts)
    expect(new Set(later.receipts).size).toBe(later.receipts.length)
    for (const receipt of later.receipts) expect(receipt).toMatch(/^[A-Za-z0-9_-]{43}$/)
    // What somebody who knows the whole event and its position can compute is another value.
    const { entries } = app.gatebook.queries.accountHistory({ accountId, after: 0, limit: 100 })
    expect(entries.map(({ leaf }) => exportReceipt(app.gatebook.ports.crypto.derive, leaf))).toEqual(later.receipts)
    const leaves = new Set(entries.map(({ leaf }) => Buffer.from(leaf, 'base64').toString('base64url')))
    expect(later.receipts.filter((receipt) => leaves.has(receipt))).toEqual([])
  })

  test('is one’s own only', async () => {
    const [one, other] = [await registering(app, 'one-export@example.org'), await registering(app, 'other-export@example.org')]
    const { text } = await app.get('/me/export', await app.elevated(one.token))
    expect(text).toContain('one-export@example.org')
    expect(text).not.toContain('other-export@example.org')
    expect(text).not.toContain(other.accountId)
  })

  test('of a long history goes page by page, oldest first and complete', async () => {
    const { token } = await app.register({ email: 'many-events@example.org' })
    const elevated = await app.elevated(token)
    await manyEvents(app, elevated, 330)
    const { text } = await fetched(app, elevated)
    const { history } = JSON.parse(text ?? '')
    expect(history).toHaveLength(history.filter(({ type }: Json) => type !== 'AccessTokenIssued').length + 330)
    const trail = await wholeTrail(app, elevated)
    expect(history.map((entry: Json) => entry.at)).toEqual(trail.map(({ at }) => at))
    expect(history[0].type).toBe('EmailClaimed')
  })

  test('needs an elevated session', async () => {
    const { token } = await app.register({ email: 'not-elevated@example.org' })
    expect(await app.get('/me/export', token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
    expect(await app.get('/me/export')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('is had once a minute, from whichever session, and each is an event', async () => {
    const email = 'twice@example.org'
    const { token, accountId } = await app.register({ email })
    const [first, second] = [await app.elevated(token), await app.elevated((await app.logIn({ email })).token)]
    const answers = await Promise.all([first, second, first].map((session) => app.get('/me/export', session)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429])
    expect(await app.get('/me/export', first)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', retryAfter: 60 } })
    app.advance(60_000)
    expect((await app.get('/me/export', second)).status).toBe(200)
    const recorded = await succeed(app.gatebook.store.read(`access-${accountId}`))
    expect(recorded.map(({ type }) => type)).toEqual(['DataExported', 'DataExported'])
  })

  test('is not had by asking for its head only, which is no event', async () => {
    const { token, accountId } = await app.register({ email: 'head@example.org' })
    const elevated = await app.elevated(token)
    const asked = await app.send({ method: 'HEAD', path: '/me/export', token: elevated })
    expect([asked.status, asked.text, asked.headers['content-disposition']]).toEqual([
      200,
      '',
      'attachment; filename="gatebook-export.json"',
    ])
    expect((await app.send({ method: 'HEAD', path: '/me/export', token })).status).toBe(401)
    expect(await succeed(app.gatebook.store.read(`access-${accountId}`))).toEqual([])
    expect((await app.get('/me/export', elevated)).status).toBe(200)
  })

  test('and an erasure at once give a whole export, a broken one or none, never one with gaps', async () => {
    for (let round = 0; round < 12; round += 1) {
      const email = `races-${round}@example.org`
      const { token } = await registering(app, email)
      const other = (await app.logIn({ email })).token
      const elevated = await app.elevated(token)
      const [{ status, text }, erased] = await Promise.all([fetched(app, elevated), app.del('/me', other, { password: person.password })])
      expect(erased.status).toBe(204)
      expect([200, 401, 403, 503]).toContain(status)
      if (status !== 200 || text === undefined) continue
      const { account, history } = JSON.parse(text)
      expect(account.email).toBe(email)
      for (const entry of history) for (const field of ['email', 'address', 'userAgent']) expect(entry[field]).not.toBeNull()
    }
  })
})

describe('an export that cannot be had whole', () => {
  test('is refused if it cannot be recorded', async () => {
    const app = await startTestServer({ hooks: { wrapStore: crashingBefore('DataExported') } })
    const { token } = await app.register()
    const answer = await app.get('/me/export', await app.elevated(token))
    expect(answer).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } })
    expect(answer.text).not.toContain(person.email)
    await app.stop()
  })

  test('breaks off when the session ends on the way, and nobody takes it for a whole one', async () => {
    let calls = Number.POSITIVE_INFINITY
    let ahead = 0
    const wall = () => {
      calls -= 1
      if (calls === 0) ahead += 90_000_000
      return Date.now() + ahead
    }
    const app = await startTestServer({ hooks: { wall } })
    await manyEvents(app, (await app.register()).token, 500)
    const outcomes: string[] = []
    for (let after = 4; after <= 40; after += 4) {
      const elevated = await app.elevated((await app.logIn()).token)
      calls = after
      const { status, text } = await fetched(app, elevated)
      calls = Number.POSITIVE_INFINITY
      ahead += 60_000
      outcomes.push(status !== 200 ? 'refused' : text === undefined ? 'broken' : 'whole')
      if (status === 200 && text !== undefined) expect(JSON.parse(text).history.length).toBeGreaterThan(500)
    }
    expect(outcomes).toContain('broken')
    await app.stop()
  })
})
