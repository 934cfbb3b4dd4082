import { describe, expect, test } from 'vitest'
import { changePassword } from '../../../application/passwords/change-password.ts'
import { requestPasswordReset, resetPassword } from '../../../application/passwords/reset-password.ts'
import { resetSecondFactor, secondFactorOf } from '../../../application/second-factor/manage.ts'
import { countOf } from '../../support/world/log.ts'
import { race, refusalOf, succeed } from '../../support/world/outcomes.ts'
import { ada, beginning, loggingIn, opens, otherPassword, password } from '../../support/world/people.ts'
import { crashingBefore, dawdling, goneAway, interposing } from '../../support/world/stores.ts'
import { openHouse } from '../../support/world.ts'
import { answering, challengeOf, codeOf, confirming, enrolled, enrolling } from './support.ts'

const wrong = '000'

describe('a node that crashes', () => {
  test('before the confirmation is recorded leaves no factor, and no session that was to end', async () => {
    const house = await openHouse()
    const who = await enrolling(house)
    const other = await succeed(loggingIn(house))
    const crashing = await house.restart({ store: crashingBefore('TotpEnrollmentConfirmed') })
    expect(await refusalOf(confirming(crashing, who, codeOf(house, who.secret)))).toEqual(goneAway)
    expect((await succeed(beginning(house))).type).toBe('authenticated')
    expect(await opens(house, other.session.sessionId, other.token)).toBe(false)
    expect(await opens(house, who.sessionId, who.token)).toBe(true)
  })

  test('before the other sessions have ended leaves no factor either', async () => {
    const house = await openHouse()
    const who = await enrolling(house)
    const crashing = await house.restart({ store: crashingBefore('OtherSessionsRevoked') })
    expect(await refusalOf(confirming(crashing, who, codeOf(house, who.secret)))).toEqual(goneAway)
    expect((await succeed(beginning(house))).type).toBe('authenticated')
  })

  test('before a code is settled has counted it all the same', async () => {
    const house = await openHouse({ codes: { maxAttempts: 3 } })
    const { secret } = await enrolled(house)
    const challenge = await challengeOf(house)
    const crashing = await house.restart({ store: crashingBefore('CodeRejected') })
    for (let n = 0; n < 3; n++) expect(await refusalOf(answering(crashing, challenge, wrong))).toEqual(goneAway)
    expect(await refusalOf(answering(house, challenge, codeOf(house, secret)))).toMatchObject({ type: 'codes_locked' })
  })

  test('before the challenge is answered has spent the code, and not the challenge', async () => {
    const house = await openHouse()
    const { secret } = await enrolled(house)
    const challenge = await challengeOf(house)
    const crashing = await house.restart({ store: crashingBefore('ChallengeAnswered') })
    expect(await refusalOf(answering(crashing, challenge, codeOf(house, secret)))).toEqual(goneAway)
    expect(await refusalOf(answering(house, challenge, codeOf(house, secret)))).toEqual({ type: 'second_factor_failed' })
    house.clock.advance(30_000)
    expect((await succeed(answering(house, challenge, codeOf(house, secret)))).inHand.session.factors).toEqual(['pwd', 'otp'])
  })

  test('before a session is granted has used the challenge up', async () => {
    const house = await openHouse()
    const { secret } = await enrolled(house)
    const challenge = await challengeOf(house)
    const crashing = await house.restart({ store: crashingBefore('SessionGranted') })
    expect(await refusalOf(answering(crashing, challenge, codeOf(house, secret)))).toEqual(goneAway)
    house.clock.advance(30_000)
    expect(await refusalOf(answering(house, challenge, codeOf(house, secret)))).toEqual({ type: 'second_factor_failed' })
  })
})

describe('what happens in the middle of a log-in in two steps', () => {
  test('a change of the password, after the challenge was looked at: the session that comes of it opens nothing', async () => {
    const house = await openHouse()
    const { secret, accountId, sessionId } = await enrolled(house)
    const change = changePassword(house.deps)({ accountId, sessionId, currentPassword: password, newPassword: otherPassword }, house.caller)
    const challenge = await challengeOf(house)
    const interrupted = await house.restart({ store: interposing('CodeAttempted', () => succeed(change)) })
    const { inHand } = await succeed(answering(interrupted, challenge, codeOf(house, secret)))
    expect(await opens(house, inHand.session.sessionId, inHand.token)).toBe(false)
  })

  test('the factor is taken away, after the challenge was looked at: no code answers it', async () => {
    const house = await openHouse()
    const { secret, accountId } = await enrolled(house)
    const challenge = await challengeOf(house)
    const reset = () => succeed(resetSecondFactor(house.deps)(accountId, accountId, house.caller))
    const interrupted = await house.restart({ store: interposing('CodeAccepted', reset) })
    expect(await refusalOf(answering(interrupted, challenge, codeOf(house, secret)))).toEqual({ type: 'code_not_pending' })
    expect(await countOf(house, 'SessionGranted')).toBe(1)
  })

  test('the factor is taken away before the code is counted: it reads like any void challenge', async () => {
    const house = await openHouse()
    const { secret, accountId } = await enrolled(house)
    const challenge = await challengeOf(house)
    const reset = () => succeed(resetSecondFactor(house.deps)(accountId, accountId, house.caller))
    const interrupted = await house.restart({ store: interposing('CodeAttempted', reset) })
    expect(await refusalOf(answering(interrupted, challenge, codeOf(house, secret)))).toEqual({ type: 'second_factor_failed' })
  })

  test('the same code on another node: one of the two is let in', async () => {
    const house = await openHouse()
    const { secret } = await enrolled(house)
    const [one, other] = [await challengeOf(house), await challengeOf(house)]
    const code = codeOf(house, secret)
    const interrupted = await house.restart({ store: interposing('CodeAccepted', () => succeed(answering(house, other, code))) })
    expect(await refusalOf(answering(interrupted, one, code))).toEqual({ type: 'second_factor_failed' })
  })

  test('a log-in with the password alone, while a second factor is confirmed: its session ends with the others', async () => {
    const house = await openHouse()
    const who = await enrolling(house)
    const sneaked: Awaited<ReturnType<typeof sneak>>[] = []
    const sneak = () => succeed(loggingIn(house))
    const interrupted = await house.restart({
      store: interposing('TotpEnrollmentConfirmed', async () => sneaked.push(await sneak())),
    })
    await succeed(confirming(interrupted, who, codeOf(house, who.secret)))
    const [inHand] = sneaked
    if (inHand === undefined) throw new Error('Nobody logged in')
    expect(await opens(house, inHand.session.sessionId, inHand.token)).toBe(false)
    expect(await opens(house, who.sessionId, who.token)).toBe(true)
  })

  test('two confirmations at once: one of them enrols, and no session is ended by the other', async () => {
    const house = await openHouse()
    const who = await enrolling(house)
    const confirm = () => confirming(house, who, codeOf(house, who.secret))
    const interrupted = await house.restart({ store: interposing('TotpEnrollmentConfirmed', () => succeed(confirm())) })
    expect(await refusalOf(confirming(interrupted, who, codeOf(house, who.secret)))).toEqual({ type: 'second_factor_failed' })
    expect(await opens(house, who.sessionId, who.token)).toBe(true)
  })
})

test.each([1, 2, 3])('wrong codes on two nodes at once are counted together (%i)', async (seed) => {
  const house = await openHouse({ store: dawdling(seed) })
  await enrolled(house)
  const before = await countOf(house, 'CodeAttempted')
  const challenge = await challengeOf(house)
  const second = await house.restart({ store: dawdling(seed + 10) })
  const guesses = Array.from({ length: 40 }, (_, n) => answering(n % 2 === 0 ? house : second, challenge, wrong))
  const { won, lost } = await race(guesses)
  expect(won).toEqual([])
  expect((await countOf(house, 'CodeAttempted')) - before).toBe(5)
  expect(lost.filter((why) => why.type !== 'second_factor_failed')).toHaveLength(35)
})

describe('a link to reset a password', () => {
  const linked = async (house: Awaited<ReturnType<typeof openHouse>>) => {
    await succeed(requestPasswordReset(house.deps)(ada, house.caller))
    return house.mails.at(-1)?.text.match(/#(\S+)/)?.[1] ?? ''
  }

  test('loses to a change of the password that comes in between', async () => {
    const house = await openHouse()
    const { accountId, sessionId } = await enrolled(house)
    const ticket = await linked(house)
    const change = changePassword(house.deps)({ accountId, sessionId, currentPassword: password, newPassword: otherPassword }, house.caller)
    const interrupted = await house.restart({ store: interposing('PasswordReplaced', () => succeed(change)) })
    expect(await refusalOf(resetPassword(interrupted.deps)(ticket, 'a third long passphrase', house.caller))).toEqual({
      type: 'password_outdated',
    })
    expect((await succeed(beginning(house, ada, otherPassword))).type).toBe('challenged')
  })

  test('stays good on another node and after a restart, until it is used', async () => {
    const house = await openHouse()
    const who = await enrolled(house)
    const ticket = await linked(house)
    const other = await house.restart()
    await succeed(resetPassword(other.deps)(ticket, otherPassword, house.caller))
    expect(await refusalOf(resetPassword(house.deps)(ticket, 'a third long passphrase', house.caller))).toEqual({ type: 'link_token_void' })
    expect((await succeed(secondFactorOf(house.deps)(who.accountId))).confirmedAt).not.toBeNull()
  })
})

test('a factor that is not there is taken away without a word', async () => {
  const house = await openHouse()
  const { accountId } = await enrolling(house)
  await succeed(resetSecondFactor(house.deps)(accountId, accountId, house.caller))
  expect(house.notices).toEqual([])
})

test('the last jump-ahead code ends the other sessions before it ends the factor', async () => {
  const house = await openHouse({ recovery: 'jump-ahead' })
  const who = await enrolled(house)
  const challenge = await challengeOf(house)
  const crashing = await house.restart({ recovery: 'jump-ahead', store: crashingBefore('RecoveryCodeUsed') })
  expect(await refusalOf(answering(crashing, challenge, who.recoveryCodes[9] ?? ''))).toEqual(goneAway)
  expect(await opens(house, who.sessionId, who.token)).toBe(false)
  expect((await succeed(beginning(house))).type).toBe('challenged')
})
