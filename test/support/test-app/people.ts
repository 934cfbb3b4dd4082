import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { register } from '../../../application/accounts/register-account.ts'
import { setUp } from '../../../application/accounts/set-up-administrator.ts'
import { streams } from '../../../application/journal/streams.ts'
import { logIn } from '../../../application/login/log-in.ts'
import type { LoginOutcome } from '../../../application/login/login-outcome.ts'
import { accountBacksSession } from '../../../application/sessions/backed-session.ts'
import { elevateSession } from '../../../application/sessions/elevate-session.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import type { EmailAddress } from '../../../domain/account/email-address.ts'
import type { SessionId } from '../../../domain/kernel/ids.ts'
import { loginStream } from '../../../domain/kernel/streams.ts'
import { hasExpired } from '../../../domain/session/state.ts'
import { emailAddress } from '../domain/email-address.ts'
import { setupToken, type TestApp } from '../test-app.ts'
import { succeed } from './outcomes.ts'

export const address = (name: string): EmailAddress => emailAddress(`${name}@example.org`)

export const ada = address('ada')
export const password = 'a horse of another colour'
export const otherPassword = 'eleven green umbrellas'
export const wrongPassword = 'not at all what it is'

const bearer = { transport: 'bearer' as const }

/** For people without a second factor. */
const issuedSession = (begun: LoginOutcome) => {
  if (begun.type === 'challenged') throw new Error('A second factor is asked for')
  const { type: _, ...session } = begun
  return session
}

export const registering = ({ deps, caller }: TestApp, email = ada, chosen = password) =>
  pipe(register(deps)({ email, password: chosen, ...bearer }, caller), TE.map(issuedSession))

/** The password step of a login. */
export const beginning = ({ deps, caller }: TestApp, email = ada, given = password) =>
  logIn(deps)({ email, password: given, ...bearer }, caller)

export const loggingIn = (app: TestApp, email = ada, given = password) => pipe(beginning(app, email, given), TE.map(issuedSession))

export const settingUp = ({ deps, caller }: TestApp, email = ada, token = setupToken) =>
  pipe(setUp(deps)({ setupToken: token, email, password, ...bearer }, caller), TE.map(issuedSession))

type IssuedToken = Pick<IssuedSession, 'session' | 'token'>

export const elevating = ({ deps, caller }: TestApp, { session, token }: IssuedToken, given = password) => {
  const asking = { sessionId: session.sessionId, accountId: session.accountId, presented: deps.crypto.tokens.hash(token) }
  return elevateSession(deps)({ ...asking, proof: { password: given }, accountId: session.accountId }, caller)
}

/** Tries wrong passwords in sequence. Returns the outcomes. */
export const guess = async (app: TestApp, times: number, email = ada) => {
  const outcomes = []
  for (let n = 0; n < times; n++) outcomes.push(await loggingIn(app, email, `${wrongPassword} ${n}`)())
  return outcomes
}

export const loginStreamOf = ({ deps }: TestApp, email = ada) => loginStream(deps.crypto.indexEmail(email))

/** Whether a guard would accept this token now, by the log itself. */
export const opens = ({ deps, clock }: TestApp, sessionId: SessionId, token: string) =>
  succeed(
    pipe(
      deps.journal.load(streams.session(sessionId)),
      TE.chain(({ state }) => {
        if (state.type !== 'active' || state.tokenHash !== deps.crypto.tokens.hash(token) || hasExpired(state, clock.now()))
          return TE.right(false)
        return accountBacksSession(deps)(state)
      }),
    ),
  )
