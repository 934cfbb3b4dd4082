import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { instant } from '../../domain/kernel/instant.ts'
import { codeAt, stepAt } from '../../infrastructure/otp/one-time-code.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { person } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { mailsTo, mailTo, mustBe } from '../support/server/second-factor.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const newPassword = 'another long passphrase'
const codeNow = (secret: string) => codeAt(secret, stepAt(instant(Date.now())))
/** A closed port as the mail server: no notice is sent before the kill. */
const unreachable = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'no-reply@example.org' }

const life = async (env: Readonly<Record<string, string>>) => {
  const server = await startGatebook({ env, dataDir })
  const { post, register, elevated } = overHttp(server.baseUrl)
  const { token } = await register()
  await register({ email: 'locked@example.org' })
  const { token: changer } = await register({ email: 'changer@example.org' })
  mustBe(204, await post('/password', { currentPassword: person.password, newPassword }, changer))
  const own = await elevated(token)
  const { secret } = mustBe(200, await post('/totp/enroll', undefined, own))
  mustBe(204, await post('/totp/confirm', { code: codeNow(secret) }, own))
  for (let n = 0; n < 5; n += 1) await post('/login', { email: 'locked@example.org', password: 'not it', transport: 'bearer' })
  return server
}

test('after a kill the owners are told what happened last, if nobody could be told before', async () => {
  await (await life(unreachable)).kill()
  const again = await startGatebook({ dataDir })
  await mailTo(dataDir, person.email, /second factor was added/)
  await mailTo(dataDir, 'changer@example.org', /password was changed/)
  await mailTo(dataDir, 'locked@example.org', /Too many failed attempts/)
  await again.stop()
})

test('after a stop nobody is told twice: what was under way went out first', async () => {
  await (await life({})).stop()
  const subjects = () => [person.email, 'changer@example.org', 'locked@example.org'].map((email) => mailsTo(dataDir, email).length)
  expect(subjects()).toEqual([2, 1, 1])
  const again = await startGatebook({ dataDir })
  await again.stop()
  expect(subjects()).toEqual([2, 1, 1])
})
