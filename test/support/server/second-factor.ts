import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { readMail } from '../../infrastructure/mail/read-mail.ts'
import { type Answer, type Json, person } from './client.ts'
import { problem } from './problem.ts'
import type { InProcess } from './start-test-server.ts'

/** The one refusal of every wrong, used or void code and challenge. */
export const failed = { status: 401, body: problem('SECOND_FACTOR_FAILED') }

/** Longer than a time step: every code from here on is a new one. */
export const aStep = 30_000

export type Enrolled = { readonly secret: string; readonly recoveryCodes: readonly string[]; readonly uri: string; readonly qr: string }

export const mustBe = (status: number, answer: Answer): Json => {
  if (answer.status !== status) throw new Error(`${answer.status} ${answer.body?.code} and not ${status}`)
  return answer.body
}

/** The steps that tests of the second factor begin with. */
export const secondFactorIn = (app: InProcess) => {
  /** What an authenticator shows, `ahead` time steps from now. */
  const codeOf = (secret: string, ahead = 0) => codeAt(secret, stepAt(app.gatebook.ports.journal.now()) + ahead)

  /** A code that nobody used: half a minute is waited for it. */
  const freshCode = (secret: string) => {
    app.advance(aStep)
    return codeOf(secret)
  }

  const begin = async (token: string): Promise<Enrolled> => mustBe(200, await app.post('/totp/enroll', undefined, token))

  /** Gives a logged-in person a second factor; `token` is the elevated one that goes on. */
  const enrol = async (token: string) => {
    const elevated = await app.elevated(token)
    const enrolled = await begin(elevated)
    mustBe(204, await app.post('/totp/confirm', { code: codeOf(enrolled.secret) }, elevated))
    return { ...enrolled, token: elevated }
  }

  /** A new person with a second factor. */
  const somebody = async (email: string) => {
    const { token, accountId, session } = await app.register({ email })
    return { email, accountId, session, ...(await enrol(token)) }
  }

  const password = (email: string, more: object = {}) => app.post('/login', { ...person, email, transport: 'bearer', ...more })

  const challengeOf = async (email: string): Promise<string> => mustBe(200, await password(email)).challenge

  const answer = (challenge: string, code: string) => app.post('/login/otp', { challenge, code, transport: 'bearer' })

  const logInWith = async (email: string, code: string): Promise<Json> => mustBe(200, await answer(await challengeOf(email), code))

  return { codeOf, freshCode, begin, enrol, somebody, password, challengeOf, answer, logInWith }
}

/** A recovery code that looks right and is nobody's. */
export const madeUp = '0000-0000-0000-0'

/** A TOTP code that is wrong, whatever the time. */
export const wrongCode = (right: string) => String((Number(right) + 500_000) % 1_000_000).padStart(6, '0')

export type ReadMail = ReturnType<typeof readMail>

/** What stands in the outbox, oldest first. */
export const mailsTo = (dataDir: string, email: string): readonly ReadMail[] => {
  try {
    return readdirSync(join(dataDir, 'outbox'))
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .map((name) => readMail(readFileSync(join(dataDir, 'outbox', name), 'utf8')))
      .filter(({ headers }) => headers.to === email)
  } catch {
    return []
  }
}

/** Waits until `count` mails to somebody are there; they are sent behind the answer's back. */
export const mailTo = async (dataDir: string, email: string, subject: RegExp, count = 1): Promise<ReadMail> => {
  for (let tries = 0; tries < 1000; tries += 1) {
    const found = mailsTo(dataDir, email).filter(({ headers }) => subject.test(headers.subject ?? ''))
    const mail = found[count - 1]
    if (mail !== undefined) return mail
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`no mail number ${count} about ${subject}`)
}

/** What stands behind `#` in the link of a mail. */
export const ticketIn = ({ body }: ReadMail) => /#(\S+)/.exec(body)?.[1] ?? ''
