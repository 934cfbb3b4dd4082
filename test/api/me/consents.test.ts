import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ConsentChoice, Consents } from '../../../api/me/consents.ts'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { aTime } from '../../support/server/shapes.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { observingReads } from '../../support/test-app/stores.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-consents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const offer = (purpose: string, version: string) => ({
  purpose,
  version,
  title: { en: `${purpose} ${version}`, de: `${purpose} auf Deutsch` },
  text: { en: 'Once a month.', de: 'Einmal im Monat.' },
})

const fileOf = (...offers: readonly object[]) => {
  const file = join(folder, `${offers.length}-${Math.trunc(performance.now() * 1000)}.json`)
  writeFileSync(file, JSON.stringify(offers))
  return { CONSENTS_FILE: file }
}

const notGiven = { given: false, givenVersion: null, at: null }

describe('consents', async () => {
  const { app } = await suiteServer({ env: fileOf(offer('newsletter', '2'), offer('statistics', '1')) })
  const consents = async (token: string) => (await app.get('/me/consents', token)).body.consents
  const choose = (token: string, purpose: string, body: object) => app.put(`/me/consents/${purpose}`, body, token)
  const events = async (accountId: string) =>
    (await succeed(app.gatebook.store.read(`consent-${accountId}`))).map(({ type, data, metadata }) => ({ type, data, by: metadata.actor }))

  test('are those of the file, with their texts in every language, and none is given', async () => {
    const { token } = await app.register({ email: 'reads@example.org' })
    expect(Consents.decode((await app.get('/me/consents', token)).body)._tag).toBe('Right')
    expect(await consents(token)).toEqual([
      { ...offer('newsletter', '2'), ...notGiven },
      { ...offer('statistics', '1'), ...notGiven },
    ])
  })

  test('are given and withdrawn, and each is an event once', async () => {
    const { token, accountId } = await app.register({ email: 'gives@example.org' })
    for (let n = 0; n < 2; n += 1) expect((await choose(token, 'newsletter', { given: true, version: '2' })).status).toBe(204)
    const [given, other] = await consents(token)
    expect(given).toEqual({ ...offer('newsletter', '2'), given: true, givenVersion: '2', at: aTime })
    expect(other).toMatchObject(notGiven)
    app.advance(1_000)
    for (let n = 0; n < 2; n += 1) expect((await choose(token, 'newsletter', { given: false, version: '2' })).status).toBe(204)
    const [withdrawn] = await consents(token)
    expect(withdrawn).toMatchObject({ given: false, givenVersion: null, at: aTime })
    expect(Date.parse(withdrawn.at)).toBeGreaterThan(Date.parse(given.at))
    const data = { purpose: 'newsletter', version: '2', at: aTime }
    expect(await events(accountId)).toEqual([
      { type: 'ConsentGiven', data, by: accountId },
      { type: 'ConsentWithdrawn', data, by: accountId },
    ])
    const trail = (await app.get('/audit/me', token)).body.entries
    expect(trail[0]).toMatchObject({
      type: 'ConsentWithdrawn',
      account: accountId,
      summary: 'Consent withdrawn: "newsletter", version "2"',
    })
  })

  test('that were never given are not withdrawn', async () => {
    const { token, accountId } = await app.register({ email: 'never@example.org' })
    expect((await choose(token, 'newsletter', { given: false, version: '2' })).status).toBe(204)
    expect(await events(accountId)).toEqual([])
  })

  test('are the account’s own', async () => {
    const [one, other] = [await app.register({ email: 'one@example.org' }), await app.register({ email: 'other@example.org' })]
    await choose(one.token, 'newsletter', { given: true, version: '2' })
    expect((await consents(other.token))[0]).toMatchObject(notGiven)
  })

  test.each<[string, object, number, string]>([
    ['partners', { given: true, version: '1' }, 404, 'NOT_FOUND'],
    ['partners', { given: false, version: '1' }, 404, 'NOT_FOUND'],
    ['newsletter', { given: true, version: '1' }, 409, 'STALE_VERSION'],
    ['newsletter', { given: false, version: '3' }, 409, 'STALE_VERSION'],
    ['newsletter', { given: true }, 400, 'VALIDATION_FAILED'],
    ['newsletter', { given: 'yes', version: '2' }, 400, 'VALIDATION_FAILED'],
    ['newsletter', { given: true, version: '2', at: 'now' }, 400, 'VALIDATION_FAILED'],
    ['newsletter', { given: true, version: '' }, 400, 'VALIDATION_FAILED'],
  ])('refuse %s %j with %i %s, and record nothing', async (purpose, body, status, code) => {
    const { token, accountId } = await app.register({ email: `refused-${crypto.randomUUID()}@example.org` })
    if (status === 400) expect(ConsentChoice.decode(body)._tag).toBe('Left')
    expect(await choose(token, purpose, body)).toMatchObject({ status, body: { code } })
    expect(await events(accountId)).toEqual([])
  })

  test('ask for a session', async () => {
    expect(await app.get('/me/consents')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.put('/me/consents/newsletter', { given: true, version: '2' })).toMatchObject({ status: 401 })
  })

  test('many at once for one purpose are one event', async () => {
    const { token, accountId } = await app.register({ email: 'parallel@example.org' })
    const answers = await Promise.all(Array.from({ length: 20 }, () => choose(token, 'newsletter', { given: true, version: '2' })))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(204))
    expect(await events(accountId)).toHaveLength(1)
  })
})

describe('consents over restarts', () => {
  const withServer = async (dataDir: string, env: Record<string, string>, use: (app: InProcess) => Promise<void>, hooks = {}) => {
    const app = await startTestServer({ dataDir, env, hooks })
    await use(app).finally(app.stop)
  }
  const tokenIn = async (app: InProcess) => (await app.logIn(person)).token

  test('a new text needs a new consent, and the old one is shown until then', async () => {
    const dataDir = mkdtempSync(join(folder, 'versions-'))
    await withServer(dataDir, fileOf(offer('newsletter', '1')), async (app) => {
      const { token } = await app.register()
      expect((await app.put('/me/consents/newsletter', { given: true, version: '1' }, token)).status).toBe(204)
    })
    await withServer(dataDir, fileOf(offer('newsletter', '2')), async (app) => {
      const token = await tokenIn(app)
      const shown = async () => (await app.get('/me/consents', token)).body.consents[0]
      expect(await shown()).toMatchObject({ version: '2', given: true, givenVersion: '1' })
      expect((await app.put('/me/consents/newsletter', { given: true, version: '2' }, token)).status).toBe(204)
      expect(await shown()).toMatchObject({ version: '2', given: true, givenVersion: '2' })
    })
    await withServer(dataDir, {}, async (app) => {
      const token = await tokenIn(app)
      expect((await app.get('/me/consents', token)).body).toEqual({ consents: [] })
      expect((await app.put('/me/consents/newsletter', { given: false, version: '2' }, token)).status).toBe(404)
    })
  })

  test('changing one’s mind a thousand times costs the next reader no more than the last few', async () => {
    const dataDir = mkdtempSync(join(folder, 'long-'))
    const env = fileOf(offer('newsletter', '1'))
    await withServer(dataDir, env, async (app) => {
      const { token } = await app.register()
      for (let n = 0; n < 1_001; n += 1) await app.put('/me/consents/newsletter', { given: n % 2 === 0, version: '1' }, token)
    })
    const read: number[] = []
    const wrapStore = observingReads((events, stream) => {
      if (stream.startsWith('consent-')) read.push(events.length)
    })
    const again = async (app: InProcess) => {
      expect((await app.get('/me/consents', await tokenIn(app))).body.consents[0]).toMatchObject({ given: true })
    }
    await withServer(dataDir, env, again, { wrapStore })
    expect(read.length).toBeGreaterThan(0)
    expect(Math.max(...read)).toBeLessThan(300)
  })

  test('a file that is no list of consents stops the start, and nothing is left open', async () => {
    const dataDir = mkdtempSync(join(folder, 'broken-'))
    const file = join(folder, 'broken.json')
    writeFileSync(file, '[{"purpose":"newsletter"}]')
    await expect(startTestServer({ dataDir, env: { CONSENTS_FILE: file } })).rejects.toMatchObject({
      failure: { type: 'consents_unusable', detail: 'CONSENTS_FILE: entry 1: version: expected 1 to 64 of A-Z, a-z, 0-9, ., _ and -' },
    })
    await withServer(dataDir, {}, async (app) => expect((await app.get('/health/ready')).status).toBe(200))
  })
})
