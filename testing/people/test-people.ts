import { randomUUID } from 'node:crypto'
import * as t from 'io-ts'
import { strictObject } from '../../api/codecs/strict-object.ts'
import { sessionCookieName } from '../../api/http/cookies/session-token.ts'
import { answerUseCase } from '../../api/refusals.ts'
import { Email, Password } from '../../api/shapes/credentials.ts'
import { ClaimsInput, RoleName } from '../../api/shapes/names.ts'
import { createAccountByHost } from '../../application/administration/create-account.ts'
import { answerChallenge } from '../../application/login/answer-challenge.ts'
import { logIn } from '../../application/login/log-in.ts'
import { confirmEnrollment, enroll } from '../../application/second-factor/enroll.ts'
import { elevateSession } from '../../application/sessions/elevate-session.ts'
import type { IssuedSession, Transport } from '../../application/sessions/grant-session.ts'
import type { Gatebook } from '../../composition/gatebook.ts'
import type { Registered } from '../../domain/account/state.ts'
import type { SystemActor } from '../../domain/kernel/ids.ts'
import { hostCalls } from '../../library/host-calls.ts'
import { readInput } from '../../library/host-input.ts'
import type { LoginOptions, NewTestUser, TestHelpers, TestLogin, TestUser } from './helpers.ts'
import type { Mailbox } from './mailbox.ts'
import { type ShownCodes, unusedCodes } from './unused-codes.ts'

const actor = 'system:testing' as SystemActor
const client = { address: '127.0.0.1', userAgent: 'gatebook/testing' }
const password = 'correct horse battery staple'

const NewUser = strictObject(
  { email: Email, password: Password },
  { roles: t.array(RoleName), claims: ClaimsInput, secondFactor: t.boolean },
)

type Needs = {
  readonly core: Gatebook
  readonly origin: string
  readonly mailbox: Mailbox
  readonly clock: Parameters<typeof unusedCodes>[0]
  /** Left out where nothing outlives the process. */
  readonly shown?: ShownCodes
}

const factorMissing = 'a role of this user requires a second factor: createUser({ secondFactor: true })'
const passwordToChange = 'somebody else set the password of this user: the login must replace it, by POST /login/password'
const factorUnknown = 'this user has a second factor that the test does not know'
const noAuthenticator = 'secondFactor and totp need codes of an authenticator app: with others, log in by the API and read mails()'

/** Everything goes through the use cases of the service, on the same log. */
export function testPeople({ core, origin, mailbox, clock, shown }: Needs): Omit<TestHelpers, 'clock'> {
  const { ports, settled, positions } = core
  const codeOf = unusedCodes(clock, shown)
  const byHost = hostCalls({ answer: answerUseCase(ports.journal.now), journal: ports.journal, positions })
  const call = <Done>(useCase: Parameters<typeof byHost<Done>>[0]) => byHost(useCase, client)

  const secretOf = ({ secondFactor }: TestUser) => {
    if (secondFactor === null) throw new Error(factorUnknown)
    return secondFactor.secret
  }

  const enrolled = async ({ accountId, revision }: Registered): Promise<TestUser['secondFactor']> => {
    const { secret, uri, recoveryCodes } = await call((caller) => enroll(ports)({ accountId, sessionId: null, replaces: false }, caller))
    if (secret === null || uri === null || ports.crypto.otp.name !== 'totp') throw new Error(noAuthenticator)
    await call((caller) => confirmEnrollment(ports)({ accountId, by: { checkedAt: revision }, code: codeOf(secret) }, caller))
    return { secret, uri, recoveryCodes }
  }

  const begun = async (user: TestUser, transport: Transport): Promise<IssuedSession> => {
    const { email } = readInput(strictObject({ email: Email }), { email: user.email })
    const outcome = await call((caller) => logIn(ports)({ email, password: user.password, transport }, caller))
    if (outcome.type === 'authenticated') return outcome
    const { challenge, purpose } = outcome
    if (purpose === 'enroll') throw new Error(factorMissing)
    if (purpose === 'change_password') throw new Error(passwordToChange)
    const code = codeOf(secretOf(user))
    const answered = await call((caller) => answerChallenge(ports)({ challenge, code, transport }, caller))
    if (answered.outcome.type === 'challenged') throw new Error(passwordToChange)
    return answered.outcome
  }

  const raised = async (user: TestUser, issued: IssuedSession): Promise<IssuedSession> => {
    const { sessionId, accountId } = issued.session
    const proof = user.secondFactor === null ? { password: user.password } : { code: codeOf(user.secondFactor.secret) }
    const elevation = { sessionId, accountId, presented: ports.crypto.tokens.hash(issued.token), proof }
    return { ...issued, ...(await call((caller) => elevateSession(ports)(elevation, caller))) }
  }

  return {
    createUser: async (user: NewTestUser = {}): Promise<TestUser> => {
      const given = { ...user, email: user.email ?? `user-${randomUUID()}@example.com`, password: user.password ?? password }
      const { secondFactor = false, roles = [], claims = {}, ...chosen } = readInput(NewUser, given)
      // Mails to the address that somebody else caused stay.
      await settled()
      const before = mailbox.number()
      const account = await call((caller) => createAccountByHost(ports)({ ...chosen, roles, claims, emailVerified: true, actor }, caller))
      const factor = secondFactor ? await enrolled(account) : null
      await settled()
      mailbox.forget(chosen.email, before)
      return { id: account.accountId, ...chosen, secondFactor: factor }
    },

    login: async (user: TestUser, { elevated = false, bearer = false }: LoginOptions = {}): Promise<TestLogin> => {
      const issued = await begun(user, bearer ? 'bearer' : 'cookie')
      const { token, refreshToken, session } = elevated ? await raised(user, issued) : issued
      const cookie = bearer ? null : `${sessionCookieName}=${token}`
      const headers = cookie === null ? { authorization: `Bearer ${token}` } : { cookie, origin }
      return { headers, cookie, token, refreshToken, sessionId: session.sessionId }
    },

    totp: async (user: TestUser) => codeOf(secretOf(user)),

    mails: async (to?: string) => {
      await settled()
      return mailbox.mails(to)
    },
  }
}
