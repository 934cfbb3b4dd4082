import { describe, expect, test } from 'vitest'
import { changePassword } from '../../../application/passwords/change-password.ts'
import { requestPasswordReset, resetPassword } from '../../../application/passwords/reset-password.ts'
import { resetSecondFactor } from '../../../application/second-factor/disable.ts'
import { secondFactorOf } from '../../../application/second-factor/status.ts'
import { countOf } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, beginning, loggingIn, opens, otherPassword, password } from '../../support/test-app/people.ts'
import { crashingBefore, delaying, goneAway, interposing } from '../../support/test-app/stores.ts'
import { openTestApp } from '../../support/test-app.ts'
import { answering, challengeOf, codeOf, confirming, elevatedByCode, enrolled, enrolling } from './support.ts'

/** Of the form of a code, and wrong but for one case in a million. */
const wrong = '000000'

describe('a node that crashes', () => {
  test('before the confirmation is recorded leaves no factor, and no session that was to end', async () => {
    const app = await openTestApp()
    const who = await enrolling(app)
    const other = await succeed(loggingIn(app))
    const crashing = await app.restart({ store: crashingBefore('TotpEnrollmentConfirmed') })
    expect(await refusalOf(confirming(crashing, who, codeOf(app, who.secret)))).toEqual(goneAway)
    expect((await succeed(beginning(app))).type).toBe('authenticated')
    expect(await opens(app, other.session.sessionId, other.token)).toBe(false)
    expect(await opens(app, who.sessionId, who.token)).toBe(true)
  })

  test('before the other sessions have ended leaves no factor either', async () => {
    const app = await openTestApp()
    const who = await enrolling(app)
    const crashing = await app.restart({ store: crashingBefore('OtherSessionsRevoked') })
    expect(await refusalOf(confirming(crashing, who, codeOf(app, who.secret)))).toEqual(goneAway)
    expect((await succeed(beginning(app))).type).toBe('authenticated')
  })

  test('before a code is settled has counted it all the same', async () => {
    const app = await openTestApp({ codes: { maxAttempts: 3 } })
    const { secret } = await enrolled(app)
    const challenge = await challengeOf(app)
    const crashing = await app.restart({ store: crashingBefore('CodeRejected') })
    for (let n = 0; n < 3; n++) expect(await refusalOf(answering(crashing, challenge, wrong))).toEqual(goneAway)
    app.clock.advance(60_000)
    expect(await refusalOf(answering(app, challenge, codeOf(app, secret)))).toMatchObject({ type: 'codes_locked' })
  })

  test('before the challenge is answered has spent the code, and not the challenge', async () => {
    const app = await openTestApp()
    const { secret } = await enrolled(app)
    const challenge = await challengeOf(app)
    const crashing = await app.restart({ store: crashingBefore('ChallengeAnswered') })
    expect(await refusalOf(answering(crashing, challenge, codeOf(app, secret)))).toEqual(goneAway)
    expect(await refusalOf(answering(app, challenge, codeOf(app, secret)))).toEqual({ type: 'second_factor_failed' })
    app.clock.advance(30_000)
    expect((await succeed(answering(app, challenge, codeOf(app, secret)))).session.factors).toEqual(['pwd', 'otp'])
  })

  test('before a session is granted has used the challenge up', async () => {
    const app = await openTestApp()
    const { secret } = await enrolled(app)
    const challenge = await challengeOf(app)
    const crashing = await app.restart({ store: crashingBefore('SessionGranted') })
    expect(await refusalOf(answering(crashing, challenge, codeOf(app, secret)))).toEqual(goneAway)
    app.clock.advance(30_000)
    expect(await refusalOf(answering(app, challenge, codeOf(app, secret)))).toEqual({ type: 'second_factor_failed' })
  })
})

describe('what happens in the middle of a log-in in two steps', () => {
  test('a change of the password, after the challenge was looked at: the session that comes of it opens nothing', async () => {
    const app = await openTestApp()
    const who = await enrolled(app)
    const { secret, accountId, sessionId } = who
    await elevatedByCode(app, who)
    const change = changePassword(app.deps)({ accountId, sessionId, currentPassword: password, newPassword: otherPassword }, app.caller)
    const challenge = await challengeOf(app)
    const interrupted = await app.restart({ store: interposing('CodeAttempted', () => succeed(change)) })
    const issued = await succeed(answering(interrupted, challenge, codeOf(app, secret)))
    expect(await opens(app, issued.session.sessionId, issued.token)).toBe(false)
  })

  test('the factor is taken away, after the challenge was looked at: no code answers it', async () => {
    const app = await openTestApp()
    const { secret, accountId } = await enrolled(app)
    const challenge = await challengeOf(app)
    const reset = () => succeed(resetSecondFactor(app.deps)({ accountId, actor: accountId }, app.caller))
    const interrupted = await app.restart({ store: interposing('CodeAccepted', reset) })
    expect(await refusalOf(answering(interrupted, challenge, codeOf(app, secret)))).toEqual({ type: 'code_not_pending' })
    expect(await countOf(app, 'SessionGranted')).toBe(1)
  })

  test('the factor is taken away before the code is counted: it reads like any void challenge', async () => {
    const app = await openTestApp()
    const { secret, accountId } = await enrolled(app)
    const challenge = await challengeOf(app)
    const reset = () => succeed(resetSecondFactor(app.deps)({ accountId, actor: accountId }, app.caller))
    const interrupted = await app.restart({ store: interposing('CodeAttempted', reset) })
    expect(await refusalOf(answering(interrupted, challenge, codeOf(app, secret)))).toEqual({ type: 'second_factor_failed' })
  })

  test('the same code on another node: one of the two is let in', async () => {
    const app = await openTestApp()
    const { secret } = await enrolled(app)
    const [one, other] = [await challengeOf(app), await challengeOf(app)]
    const code = codeOf(app, secret)
    const interrupted = await app.restart({ store: interposing('CodeAccepted', () => succeed(answering(app, other, code))) })
    expect(await refusalOf(answering(interrupted, one, code))).toEqual({ type: 'second_factor_failed' })
  })

  test('a log-in with the password alone, while a second factor is confirmed: its session ends with the others', async () => {
    const app = await openTestApp()
    const who = await enrolling(app)
    const sneaked: Awaited<ReturnType<typeof sneak>>[] = []
    const sneak = () => succeed(loggingIn(app))
    const interrupted = await app.restart({
      store: interposing('TotpEnrollmentConfirmed', async () => sneaked.push(await sneak())),
    })
    await succeed(confirming(interrupted, who, codeOf(app, who.secret)))
    const [issued] = sneaked
    if (issued === undefined) throw new Error('Nobody logged in')
    expect(await opens(app, issued.session.sessionId, issued.token)).toBe(false)
    expect(await opens(app, who.sessionId, who.token)).toBe(true)
  })

  test('two confirmations at once: one of them enrols, and no session is ended by the other', async () => {
    const app = await openTestApp()
    const who = await enrolling(app)
    const confirm = () => confirming(app, who, codeOf(app, who.secret))
    const interrupted = await app.restart({
      store: interposing('TotpEnrollmentConfirmed', async () => expect(await refusalOf(confirm())).toEqual({ type: 'not_enrolled' })),
    })
    await succeed(confirming(interrupted, who, codeOf(app, who.secret)))
    expect(await opens(app, who.sessionId, who.token)).toBe(true)
  })
})

test.each([1, 2, 3])('wrong codes on two nodes at once are counted together (%i)', async (seed) => {
  const app = await openTestApp({ store: delaying(seed) })
  await enrolled(app)
  const before = await countOf(app, 'CodeAttempted')
  const challenge = await challengeOf(app)
  const second = await app.restart({ store: delaying(seed + 10) })
  const guesses = Array.from({ length: 40 }, (_, n) => answering(n % 2 === 0 ? app : second, challenge, wrong))
  const { won, lost } = await race(guesses)
  expect(won).toEqual([])
  expect((await countOf(app, 'CodeAttempted')) - before).toBe(5)
  expect(lost.filter((why) => why.type !== 'second_factor_failed')).toHaveLength(35)
})

describe('a link to reset a password', () => {
  const linked = async (app: Awaited<ReturnType<typeof openTestApp>>) => {
    await succeed(requestPasswordReset(app.deps)(ada, app.caller))
    return app.mails.at(-1)?.text.match(/#(\S+)/)?.[1] ?? ''
  }

  test('loses to a change of the password that comes in between', async () => {
    const app = await openTestApp()
    const who = await enrolled(app)
    const { accountId, sessionId } = who
    await elevatedByCode(app, who)
    const ticket = await linked(app)
    const change = changePassword(app.deps)({ accountId, sessionId, currentPassword: password, newPassword: otherPassword }, app.caller)
    const interrupted = await app.restart({ store: interposing('PasswordReplaced', () => succeed(change)) })
    expect(await refusalOf(resetPassword(interrupted.deps)({ token: ticket, newPassword: 'a third long passphrase' }, app.caller))).toEqual(
      {
        type: 'password_outdated',
      },
    )
    expect((await succeed(beginning(app, ada, otherPassword))).type).toBe('challenged')
  })

  test('stays good on another node and after a restart, until it is used', async () => {
    const app = await openTestApp()
    const who = await enrolled(app)
    const ticket = await linked(app)
    const other = await app.restart()
    await succeed(resetPassword(other.deps)({ token: ticket, newPassword: otherPassword }, app.caller))
    expect(await refusalOf(resetPassword(app.deps)({ token: ticket, newPassword: 'a third long passphrase' }, app.caller))).toEqual({
      type: 'link_token_void',
    })
    expect((await succeed(secondFactorOf(app.deps)(who.accountId))).confirmedAt).not.toBeNull()
  })
})

test('a factor that is not there is taken away without a word', async () => {
  const app = await openTestApp()
  const { accountId } = await enrolling(app)
  await succeed(resetSecondFactor(app.deps)({ accountId, actor: accountId }, app.caller))
  expect(app.notices).toEqual(['TotpEnrollmentStarted'])
})

test('the last jump-ahead code ends the other sessions before it ends the factor', async () => {
  const app = await openTestApp({ recovery: 'jump-ahead' })
  const who = await enrolled(app)
  const challenge = await challengeOf(app)
  const crashing = await app.restart({ recovery: 'jump-ahead', store: crashingBefore('RecoveryCodeUsed') })
  expect(await refusalOf(answering(crashing, challenge, who.recoveryCodes[9] ?? ''))).toEqual(goneAway)
  expect(await opens(app, who.sessionId, who.token)).toBe(false)
  expect((await succeed(beginning(app))).type).toBe('challenged')
})
