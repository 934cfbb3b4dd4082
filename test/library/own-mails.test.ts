import Fastify from 'fastify'
import { type MailTexts, openGatebook } from 'gatebook'
import { openTestGatebook } from 'gatebook/testing'
import { expect, test } from 'vitest'
import { composeMail } from '../../application/notifications/compose-mail.ts'
import { logHooks } from '../../infrastructure/observability/log-hooks.ts'
import { createLogger } from '../../infrastructure/observability/logger.ts'
import { cheap } from './support.ts'

test('an app writes its mails itself, for the language and the front end', async () => {
  const mailTexts: MailTexts = {
    invitation: async ({ link, language }) => ({
      subject: `Welcome (${language})`,
      text: `Go to ${link}`,
      html: `<a href="${link}">Go</a>`,
    }),
    passwordChanged: ({ at }) => ({ subject: 'Changed', text: at.toISOString() }),
  }
  await using auth = await openTestGatebook({
    mailTexts,
    invitationUrl: 'https://app.example.org/#/welcome?t={token}',
    now: new Date('2026-06-01T12:00:00.000Z'),
  })
  const { account } = await auth.gatebook.accounts.invite({ email: 'guest@example.org', language: 'fr' })
  const [invitation] = await auth.mails()
  expect(invitation).toMatchObject({ subject: 'Welcome (fr)', link: `https://app.example.org/#/welcome?t=${invitation?.token}` })
  expect(invitation?.token).toMatch(new RegExp(`^${account.id}\\.`))
  expect(invitation?.html).toBe(`<a href="${invitation?.link}">Go</a>`)
  const user = await auth.createUser()
  await auth.gatebook.accounts.setPassword(user.id, 'another long passphrase')
  expect(await auth.mails(user.email)).toMatchObject([{ subject: 'Changed', text: '2026-06-01T12:00:00.000Z', html: null }])
})

test('a text that throws loses no mail', async () => {
  const told: unknown[] = []
  const passwordReset = (content: unknown) => {
    told.push(content)
    throw new Error('no template')
  }
  await using auth = await openTestGatebook({ mailTexts: { passwordReset } })
  const app = Fastify({ requestTimeout: 1_000 })
  await app.register(auth.gatebook.plugin)
  const { email } = await auth.createUser()
  await app.inject({ method: 'POST', url: '/api/1/password/reset', payload: { email } })
  const [mail, ...others] = await auth.mails(email)
  expect(mail).toMatchObject({ subject: 'Reset your password', token: expect.any(String) })
  expect(others).toEqual([])
  expect(told).toEqual([{ link: mail?.link, language: 'en' }])
})

test('the log names the mail whose text failed, without a word of what it was about', async () => {
  const lines: string[] = []
  const log = createLogger('info', { write: (line: string) => void lines.push(line) })
  const passwordReset = ({ link }: { readonly link: string }) => {
    throw new Error(`no template for ${link}`)
  }
  const compose = composeMail({ own: { passwordReset }, onFault: logHooks(log).onMailText ?? (() => {}) })
  await compose({ kind: 'passwordReset', content: { link: 'https://login.example.org/reset#s3cret' } }, 'en')()
  expect(JSON.parse(lines.join())).toMatchObject({ level: 50, mail: 'passwordReset', error: { name: 'Error', frames: expect.any(Array) } })
  expect(lines.join()).not.toContain('s3cret')
})

test.each<[string, object]>([
  ['unknown', { passwordRest: () => ({ subject: 's', text: 't' }) }],
  ['no function', { passwordReset: 'Reset your password' }],
  ['inherited by every object', { toString: () => ({ subject: 's', text: 't' }) }],
])('a text that is %s is refused at start', async (_, mailTexts) => {
  const opening = openGatebook({ ...cheap, eventStore: 'memory', mailTexts })
  await expect(opening).rejects.toThrow(/^mailTexts: expected functions by the names of docs\/mail\.md$/)
})
