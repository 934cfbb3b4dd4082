import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { readMail } from '../../infrastructure/mail/read-mail.ts'
import { type Answer, type Json, person } from './client.ts'
import { problem } from './problem.ts'
import type { InProcess } from './start-test-server.ts'

/** The response to every wrong, used or void code or challenge. */
export const failed = { status: 401, body: problem('SECOND_FACTOR_FAILED') }

/** A time step, in milliseconds: after it every code is new. */
export const aStep = 30_000

export type Enrolled = { readonly secret: string; readonly recoveryCodes: readonly string[]; readonly uri: string; readonly qr: string }

export const mustBe = (status: number, answer: Answer): Json => {
  if (answer.status !== status) throw new Error(`${answer.status} ${answer.body?.code} and not ${status}`)
  return answer.body
}

/** Common steps of the second-factor tests. */
export const secondFactorIn = (app: InProcess) => {
  /** What an authenticator shows, `ahead` time steps from now. */
  const codeOf = (secret: string, ahead = 0) => codeAt(secret, stepAt(app.gatebook.ports.journal.now()) + ahead)

  /** An unused code: the clock advances by a time step first. */
  const freshCode = (secret: string) => {
    app.advance(aStep)
    return codeOf(secret)
  }

  const begin = async (token: string): Promise<Enrolled> => mustBe(200, await app.post('/totp/enroll', undefined, token))

  /** Enrolls a logged-in person. `token` is elevated. */
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

/** A well-formed recovery code that does not exist. */
export const madeUp = '0000-0000-0000-0'

/** A TOTP code that differs from the right one. */
export const wrongCode = (right: string) => String((Number(right) + 500_000) % 1_000_000).padStart(6, '0')

export type ReadMail = ReturnType<typeof readMail>

/** The mails to a person in the outbox, oldest first. */
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

/** Waits for the mail number `count` about `subject`. Mails are sent after the response. */
export const mailTo = async (dataDir: string, email: string, subject: RegExp, count = 1): Promise<ReadMail> => {
  for (let tries = 0; tries < 1000; tries += 1) {
    const found = mailsTo(dataDir, email).filter(({ headers }) => subject.test(headers.subject ?? ''))
    const mail = found[count - 1]
    if (mail !== undefined) return mail
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`no mail number ${count} about ${subject}`)
}

/** The token after `#` in a mail's link. */
export const ticketIn = ({ body }: ReadMail) => /#(\S+)/.exec(body)?.[1] ?? ''
