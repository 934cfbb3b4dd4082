import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { smtpForTest } from '../infrastructure/mail/smtp-for-test.ts'
import { person } from '../support/server/client.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const until = async (isTrue: () => boolean) => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10))
}

test('a link that was requested while the mail server was away arrives when it is back, once', async () => {
  const first = await smtpForTest()
  await first.close()
  const failures: unknown[] = []
  const env = { SMTP_URL: `smtp://127.0.0.1:${first.port}`, MAIL_FROM: 'no-reply@example.org' }
  const app = await startTestServer({ env, hooks: { onUndelivered: (failure) => void failures.push(failure) } })
  await app.register()
  mustBe(202, await app.post('/password/reset', { email: person.email }))
  await until(() => failures.length > 0)
  const again = await smtpForTest({}, first.port)
  mustBe(202, await app.post('/password/reset', { email: person.email }))
  await until(() => again.taken.length > 0)
  await app.gatebook.settled()
  expect(again.taken.map(({ to }) => to)).toEqual([[person.email]])
  await app.stop()
  await again.close()
}, 30_000)

test('a link whose mail was refused does not start the five minutes, and leaves nothing in the log', async () => {
  let isRefusing = true
  const refusal = Object.assign(new Error('No such mailbox'), { responseCode: 550 })
  const { port, taken, close } = await smtpForTest({ onRcptTo: (_to, _session, done) => done(isRefusing ? refusal : null) })
  const app = await startTestServer({ env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'no-reply@example.org' } })
  await app.register()
  const requests = async () => (await everyEvent(app.gatebook.store)).filter(({ type }) => type === 'PasswordResetRequested').length
  const ask = async () => {
    mustBe(202, await app.post('/password/reset', { email: person.email }))
    await app.gatebook.settled()
  }
  await ask()
  expect(await requests()).toBe(0)
  isRefusing = false
  await ask()
  await ask()
  expect(taken).toHaveLength(1)
  expect(await requests()).toBe(1)
  await app.stop()
  await close()
})

test('a stop does not wait for each mail in line before a server that says nothing', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const env = { REGISTRATION: 'verified', SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'no-reply@example.org' }
  const app = await startTestServer({ env })
  for (let n = 0; n < 40; n += 1) mustBe(202, await app.post('/register', { email: `n${n}@example.org`, transport: 'bearer' }))
  const before = performance.now()
  await app.stop()
  expect(performance.now() - before).toBeLessThan(25_000)
  silent.close()
}, 60_000)

test('a stop does not wait for a mail server that is away', async () => {
  const { port, close } = await smtpForTest()
  await close()
  const app = await startTestServer({ env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'no-reply@example.org' } })
  await app.register()
  mustBe(202, await app.post('/password/reset', { email: person.email }))
  const before = performance.now()
  await app.stop()
  expect(performance.now() - before).toBeLessThan(3_000)
})
