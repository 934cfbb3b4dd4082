import { describe, expect, test } from 'vitest'
import { confirmRegistration, requestRegistration } from '../../../application/accounts/register-verified.ts'
import { answerChallenge } from '../../../application/login/answer-challenge.ts'
import { requestPasswordReset, resetPassword } from '../../../application/passwords/reset-password.ts'
import { refreshSession } from '../../../application/sessions/refresh-session.ts'
import { revokeSession } from '../../../application/sessions/revoke-session.ts'
import type { RefusedGuessesEvent } from '../../../domain/refused-guesses/events.ts'
import { later } from '../../support/domain/time.ts'
import { wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loggingIn, otherPassword, password, registering, settingUp, wrongPassword } from '../../support/test-app/people.ts'
import { crashingBefore } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

type Folded = RefusedGuessesEvent['data']

const recorded = async (app: TestApp) => (await wholeLog(app)).filter(({ type }) => type === 'GuessesRefused')
const foldedIn = async (app: TestApp) => (await recorded(app)).map(({ data }) => data as Folded)
const countsOf = async (app: TestApp) => {
  await app.recordGuesses()
  return (await foldedIn(app)).flatMap(({ guesses }) => guesses.map(({ guessed, count }) => [guessed, count]))
}
const tokenOf = ({ mails }: TestApp) => /#(\S+)/.exec(mails.at(-1)?.text ?? '')?.[1] ?? expect.unreachable('no link')
const bearer = { transport: 'bearer' as const }
const makeUp = (app: TestApp, token: string) => ({
  setup_token: () => refusalOf(settingUp(app, ada, token)),
  reset_link: () => refusalOf(resetPassword(app.deps)({ token, newPassword: otherPassword }, app.caller)),
  registration_link: () => refusalOf(confirmRegistration(app.deps)({ token, password, ...bearer }, app.caller)),
  challenge: () => refusalOf(answerChallenge(app.deps)({ challenge: token, code: '123456', ...bearer }, app.caller)),
  refresh_token: () => refusalOf(refreshSession(app.deps)(token, app.caller)),
})

describe('what a stranger makes up', () => {
  test.each(['setup_token', 'reset_link', 'registration_link', 'challenge', 'refresh_token'] as const)(
    'is counted: %s',
    async (guessed) => {
      const app = await openTestApp()
      for (let n = 0; n < 7; n++) await makeUp(app, `made up ${n}`)[guessed]()
      expect(await countsOf(app)).toEqual([[guessed, 7]])
    },
  )

  test('is one event of all kinds, dated, by the system, with the address sealed for strangers', async () => {
    const app = await openTestApp({ namesPerHour: 1 })
    await refusalOf(loggingIn(app, ada, wrongPassword))
    for (const seconds of [1, 2]) {
      app.clock.set(later(seconds * 1000))
      expect(await refusalOf(loggingIn(app, address('another')))).toMatchObject({ type: 'names_spent' })
    }
    app.clock.set(later(3_000))
    await refusalOf(settingUp(app, ada, 'wrong'))
    await app.recordGuesses()
    await app.recordGuesses()
    const [event, ...others] = await recorded(app)
    expect(others).toEqual([])
    expect(event).toMatchObject({ stream: 'refusedGuesses-2026-06-01', metadata: { actor: 'system' } })
    const networkIndex = app.deps.crypto.indexNetwork(app.caller.networks[0])
    const source = { networkIndex, ipAddress: expect.stringMatching(/^unknown-callers-2026-06\./) }
    expect(event?.data).toEqual({
      guesses: [
        { guessed: 'login_name', count: 2, networks: 1, hasMoreNetworks: false, sources: [{ ...source, count: 2 }] },
        { guessed: 'setup_token', count: 1, networks: 1, hasMoreNetworks: false, sources: [{ ...source, count: 1 }] },
      ],
      from: '2026-06-01T12:00:01.000Z',
      to: '2026-06-01T12:00:03.000Z',
    })
    const opened = (event?.data as Folded | undefined)?.guesses[0]?.sources[0]?.ipAddress ?? expect.unreachable()
    expect(await succeed(app.deps.crypto.vault.unseal('address', opened))).toBe(app.caller.address)
  })

  test('goes to the stream of its day', async () => {
    const app = await openTestApp()
    for (const hours of [0, 13]) {
      app.clock.set(later(hours * 3_600_000))
      await refusalOf(settingUp(app, ada, 'wrong'))
      await app.recordGuesses()
    }
    expect((await recorded(app)).map(({ stream }) => stream)).toEqual(['refusedGuesses-2026-06-01', 'refusedGuesses-2026-06-02'])
  })
})

describe('a link', () => {
  test('that was used, or has expired, is counted', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await succeed(requestPasswordReset(app.deps)(ada, app.caller))
    const token = tokenOf(app)
    await succeed(resetPassword(app.deps)({ token, newPassword: otherPassword }, app.caller))
    await refusalOf(resetPassword(app.deps)({ token, newPassword: password }, app.caller))
    await succeed(requestRegistration(app.deps)(address('grace'), app.caller))
    const confirm = () => confirmRegistration(app.deps)({ token: tokenOf(app), password, ...bearer }, app.caller)
    await succeed(confirm())
    await refusalOf(confirm())
    app.clock.set(later(2 * 86_400_000))
    await refusalOf(confirm())
    expect(await countsOf(app)).toEqual([
      ['reset_link', 1],
      ['registration_link', 2],
    ])
  })

  test('with a password that is refused is no guess', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await succeed(requestPasswordReset(app.deps)(ada, app.caller))
    expect(await refusalOf(resetPassword(app.deps)({ token: tokenOf(app), newPassword: 'short' }, app.caller))).toMatchObject({
      type: 'password_rejected',
    })
    expect(await countsOf(app)).toEqual([])
  })
})

test('a refresh token that was used twice has its own event, and one whose session ended is no guess', async () => {
  const app = await openTestApp()
  await succeed(registering(app))
  const [reused, ended] = [await succeed(loggingIn(app)), await succeed(loggingIn(app))]
  const refresh = (token: string | null) => refreshSession(app.deps)(token ?? '', app.caller)
  await succeed(refresh(reused.refreshToken))
  await refusalOf(refresh(reused.refreshToken))
  const { accountId, sessionId } = ended.session
  await succeed(revokeSession(app.deps)({ accountId, sessionId, because: 'logged_out' }, app.caller))
  await refusalOf(refresh(ended.refreshToken))
  expect(await countsOf(app)).toEqual([])
  expect((await wholeLog(app)).filter(({ type }) => type === 'RefreshTokenReuseDetected')).toHaveLength(1)
})

test('what the log does not take is recorded with the next window', async () => {
  const app = await openTestApp()
  let isAway = true
  const node = await app.restart({
    store: (store) => ({ ...store, append: (...what) => (isAway ? crashingBefore('GuessesRefused')(store) : store).append(...what) }),
  })
  await refusalOf(settingUp(node, ada, 'wrong'))
  await node.recordGuesses()
  app.clock.set(later(60_000))
  await refusalOf(settingUp(node, ada, 'wrong'))
  isAway = false
  await node.recordGuesses()
  await node.recordGuesses()
  expect(await foldedIn(app)).toMatchObject([
    { guesses: [{ count: 2, sources: [{ count: 2 }] }], from: '2026-06-01T12:00:00.000Z', to: '2026-06-01T12:01:00.000Z' },
  ])
})
