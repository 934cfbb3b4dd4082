import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventStore } from '../../../application/ports/event-store.ts'
import { categoryOf } from '../../../domain/kernel/streams.ts'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { mailsTo, mailTo, mustBe, type ReadMail, ticketIn } from '../../support/server/second-factor.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { observingReads } from '../../support/test-app/stores.ts'

const subjects = { en: 'Reset your password', de: 'Setzen Sie Ihr Passwort zurück', es: 'Restablezca su contraseña' }

const decoded = (subject = '') =>
  subject
    .replace(/\?=\s+=\?UTF-8\?Q\?/gi, '')
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, text: string) =>
      decodeURIComponent(text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, '%$1')),
    )

describe('the language of mails', () => {
  let app: InProcess
  beforeAll(async () => {
    app = await startTestServer({ env: { MAIL_LANGUAGE: 'es' } })
  })
  afterAll(() => app.stop())

  const register = async (email: string, acceptLanguage?: string) => {
    const headers = acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }
    const body = { ...person, email, transport: 'bearer' }
    return mustBe(201, await app.send({ method: 'POST', path: '/register', body, headers })) as { token: string; accountId: string }
  }
  const resetSubject = async (email: string) => {
    app.advance(300_001)
    mustBe(202, await app.send({ method: 'POST', path: '/password/reset', body: { email }, headers: { 'accept-language': 'fr' } }))
    await app.gatebook.settled()
    return decoded(mailsTo(app.dataDir, email).at(-1)?.headers.subject)
  }
  const chosenBy = async (accountId: string) =>
    (await succeed(app.gatebook.store.read(`preferences-${accountId}`))).map(({ metadata }) => metadata.actor)
  const chosen = async (token: string) => (await app.get('/me/language', token)).body

  test('is the one of the browser that registered, whoever asks for a mail later', async () => {
    const { token } = await register('german@example.org', 'de-AT,de;q=0.9,en;q=0.5')
    expect(await chosen(token)).toEqual({ language: 'de' })
    expect(await resetSubject('german@example.org')).toBe(subjects.de)
  })

  test('is MAIL_LANGUAGE for somebody whose browser named none of ours', async () => {
    const { token, accountId } = await register('other@example.org', 'it,*;q=0.1')
    expect(await chosen(token)).toEqual({ language: null })
    expect(await succeed(app.gatebook.store.read(`preferences-${accountId}`))).toEqual([])
    expect(await resetSubject('other@example.org')).toBe(subjects.es)
  })

  test('is chosen by its owner, and an event for each change only', async () => {
    const { token, accountId } = await register('chooses@example.org')
    for (const language of ['de', 'de', 'en', 'en']) mustBe(204, await app.put('/me/language', { language }, token))
    expect(await chosen(token)).toEqual({ language: 'en' })
    expect(await resetSubject('chooses@example.org')).toBe(subjects.en)
    const recorded = await succeed(app.gatebook.store.read(`preferences-${accountId}`))
    expect(recorded.map(({ type, metadata }) => [type, metadata.actor])).toEqual(Array(2).fill(['LanguageChosen', accountId]))
    const { entries } = (await app.get('/audit/me?type=LanguageChosen', token)).body
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({ account: accountId, summary: 'Language of mails chosen' })
  })

  test.each([{}, { language: 'it' }, { language: 'DE' }, { language: null }, { language: ['de'] }, { language: 'de', more: 1 }])(
    'refuses %j and changes nothing',
    async (body) => {
      const { token } = await register(`refused-${crypto.randomUUID()}@example.org`, 'de')
      expect(await app.put('/me/language', body, token)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
      expect(await chosen(token)).toEqual({ language: 'de' })
    },
  )

  test('asks for a session', async () => {
    expect(await app.get('/me/language')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.put('/me/language', { language: 'de' })).toMatchObject({ status: 401 })
  })

  test('of an invitation is the administrator’s choice, until whoever accepts it has another', async () => {
    const root = await app.elevated((await app.setUp(setupToken)).token)
    const invited = { email: 'guest@example.org', invite: true, language: 'de' }
    const wrong = await app.post('/admin/accounts', { ...invited, language: 'xx' }, root)
    expect(wrong).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    mustBe(201, await app.post('/admin/accounts', invited, root))
    await app.gatebook.settled()
    const mail = mailsTo(app.dataDir, invited.email).at(-1) as ReadMail
    expect(mail.headers.subject).toBe('Sie sind eingeladen')
    const accepted = { token: ticketIn(mail), password: 'a passphrase that I chose', transport: 'bearer' }
    const headers = { 'accept-language': 'fr' }
    const answer = await app.send({ method: 'POST', path: '/invitation/confirm', body: accepted, headers })
    expect(await chosen(mustBe(200, answer).token)).toEqual({ language: 'de' })
    const { accountId: administrator } = (await app.get('/session', root)).body
    expect(await chosenBy(answer.body.accountId)).toEqual([administrator])
  })

  test('of an account that an administrator or the app creates is recorded as their choice', async () => {
    const root = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
    const { accountId: administrator } = (await app.get('/session', root)).body
    const created = { ...person, email: 'created@example.org', language: 'de' }
    const { accountId } = mustBe(201, await app.post('/admin/accounts', created, root))
    expect(await chosenBy(accountId)).toEqual([administrator])
  })

  test('is in the export, and nowhere in the log in the clear; after an erasure nobody can read it', async () => {
    const { token, accountId } = await register('gone@example.org', 'de')
    const elevated = await app.elevated(token)
    expect((await app.get('/me/export', elevated)).body).toMatchObject({ language: 'de' })
    const [event] = await succeed(app.gatebook.store.read(`preferences-${accountId}`))
    expect(JSON.stringify(event?.data)).not.toMatch(/"de"/)
    mustBe(204, await app.send({ method: 'DELETE', path: '/me', body: { password: person.password }, token: elevated }))
    await app.gatebook.settled()
    expect(decoded(mailsTo(app.dataDir, 'gone@example.org').at(-1)?.headers.subject)).toBe('Ihr Konto wurde gelöscht')
    const sealed = (event?.data as { language: never } | undefined)?.language as never
    expect(await app.gatebook.ports.crypto.vault.unseal('language', sealed)()).toMatchObject({ left: { type: 'key_shredded' } })
  })

  test('of notices is the owner’s too', async () => {
    const { token } = await register('notice@example.org', 'de')
    mustBe(204, await app.post('/password', { currentPassword: person.password, newPassword: 'another long passphrase' }, token))
    await app.gatebook.settled()
    const mail = mailsTo(app.dataDir, 'notice@example.org').at(-1)
    expect(decoded(mail?.headers.subject)).toBe('Ihr Passwort wurde geändert')
    expect(mail?.body).toContain('Andere Sitzungen wurden beendet.')
  })
})

test('the newest choice is all that is read, however often it was changed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-language-'))
  const first = await startTestServer({ dataDir })
  const { token, accountId } = await first.register()
  for (let n = 0; n < 20; n += 1) mustBe(204, await first.put('/me/language', { language: n % 2 === 0 ? 'de' : 'fr' }, token))
  await first.stop()
  const read: number[] = []
  const wrapStore = observingReads((events, stream) => {
    if (stream === `preferences-${accountId}`) read.push(events.length)
  })
  const second = await startTestServer({ dataDir, hooks: { wrapStore } })
  expect((await second.get('/me/language', token)).body).toEqual({ language: 'fr' })
  expect(read).toEqual([1])
  await second.stop()
  rmSync(dataDir, { recursive: true })
})

test('cannot be read or chosen by somebody whose account is erased meanwhile', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-language-'))
  const first = await startTestServer({ dataDir })
  const registered = await first.register()
  mustBe(204, await first.put('/me/language', { language: 'de' }, registered.token))
  const { token: otherToken } = await first.register({ email: 'other@example.org' })
  await first.stop()
  let erase = async (): Promise<unknown> => undefined
  const wrapStore = (store: EventStore): EventStore => ({
    ...store,
    read: (stream, from) => async () => {
      if (categoryOf(stream) === 'preferences') await erase()
      return store.read(stream, from)()
    },
  })
  const second = await startTestServer({ dataDir, hooks: { wrapStore } })
  const erasing = (token: string) => async () => {
    erase = async () => undefined
    mustBe(204, await second.del('/me', token, { password: person.password }))
  }
  erase = erasing(registered.token)
  expect(await second.get('/me/language', registered.token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  erase = erasing(otherToken)
  expect(await second.put('/me/language', { language: 'de' }, otherToken)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  await second.stop()
  rmSync(dataDir, { recursive: true })
})

test('a verified registration is written in the language of whoever asks, and kept for the account', async () => {
  const app = await startTestServer({ env: { REGISTRATION: 'verified' } })
  const headers = { 'accept-language': 'de' }
  const email = 'verified@example.org'
  mustBe(202, await app.send({ method: 'POST', path: '/register', body: { email, transport: 'bearer' }, headers }))
  const mail = await mailTo(app.dataDir, email, /./)
  expect(decoded(mail.headers.subject)).toBe('Schließen Sie Ihre Registrierung ab')
  const body = { token: ticketIn(mail), password: person.password, transport: 'bearer' }
  const { token } = mustBe(201, await app.send({ method: 'POST', path: '/register/confirm', body, headers }))
  expect((await app.get('/me/language', token)).body).toEqual({ language: 'de' })
  app.advance(300_001)
  mustBe(
    202,
    await app.send({ method: 'POST', path: '/register', body: { email, transport: 'bearer' }, headers: { 'accept-language': 'fr' } }),
  )
  await app.gatebook.settled()
  expect(decoded(mailsTo(app.dataDir, email).at(-1)?.headers.subject)).toBe('Sie haben bereits ein Konto')
  expect((await everyEvent(app.gatebook.store)).filter(({ type }) => type === 'LanguageChosen')).toHaveLength(1)
  await app.stop()
})
