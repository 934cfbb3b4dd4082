import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { totpProvider } from '../../infrastructure/otp/totp-provider.ts'
import type { Random } from '../support/random.ts'
import { seededRandom } from '../support/seeded-random.ts'
import type { Answer } from '../support/server/client.ts'
import { aStep, mailTo, mustBe, secondFactorIn, ticketIn, wrongCode } from '../support/server/second-factor.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'
import { suiteServer } from '../support/server/suite-server.ts'

const rounds = Number(process.env.ROUNDS ?? 3)
const atOnce = 50
/** The limit of open challenges for one account. */
const challengesOpen = 10

const times = <A>(count: number, make: (n: number) => A) => Array.from({ length: count }, (_, n) => make(n))

const won = (answers: readonly Answer[]) => answers.filter(({ status }) => status < 300)
const refusals = (answers: readonly Answer[]) => new Set(answers.filter(({ status }) => status >= 300).map(({ body }) => body.code))

/** In sequence: ten passwords at once would lock the account. */
const openChallenges = async (steps: ReturnType<typeof secondFactorIn>, email: string) => {
  const challenges: string[] = []
  while (challenges.length < challengesOpen) challenges.push(await steps.challengeOf(email))
  return challenges
}

const succeeded = <E, A>(outcome: Either<E, A>): A => {
  if (isLeft(outcome)) throw new Error('the log cannot be read')
  return outcome.right
}

/** Returns the events of a type that are recorded from now on. */
const since = async ({ gatebook: { store } }: InProcess) => {
  const before = succeeded(await store.head()())
  return async (type: RecordedEvent['type']) => succeeded(await store.readAll(before, 100_000)()).filter((event) => event.type === type)
}

describe(`${atOnce} parallel uses of what is good once have one winner, ${rounds} rounds`, async () => {
  const { app, steps } = await suiteServer({
    env: { MAX_OTP_ATTEMPTS: '1000', RECOVERY_CODE_COUNT: '100', HASH_QUEUE_LIMIT: '1000', REFRESH_GRACE_SECONDS: '0' },
  })

  /** The same code for every open challenge at once, five times each. */
  const everywhere = async (random: Random, email: string, code: string) => {
    const challenges = await openChallenges(steps, email)
    return Promise.all(random.shuffled(times(atOnce, (n) => challenges[n % challengesOpen] ?? '')).map((each) => steps.answer(each, code)))
  }

  test('one TOTP code', async () => {
    const random = seededRandom()
    const { email, secret } = await steps.somebody('one-code@example.org')
    for (let round = 0; round < rounds; round += 1) {
      const recorded = await since(app)
      app.advance(aStep)
      const answers = await everywhere(random, email, steps.codeOf(secret))
      expect(won(answers)).toHaveLength(1)
      expect(refusals(answers)).toEqual(new Set(['SECOND_FACTOR_FAILED']))
      expect(await recorded('CodeAccepted')).toHaveLength(1)
      expect(await recorded('SessionGranted')).toHaveLength(1)
    }
  })

  test('one TOTP code that is given for everything at once', async () => {
    const random = seededRandom()
    for (let round = 0; round < rounds; round += 1) {
      const { email, secret, token } = await steps.somebody(`everything${round}@example.org`)
      const challenges = await openChallenges(steps, email)
      const code = steps.freshCode(secret)
      const elsewhere = ['/session/elevate', '/totp/disable', '/totp/recovery-codes']
      const uses = times(atOnce, (n) => {
        const path = elsewhere[n % 4]
        return () => (path === undefined ? steps.answer(challenges[n % challengesOpen] ?? '', code) : app.post(path, { code }, token))
      })
      const recorded = await since(app)
      const answers = await Promise.all(random.shuffled(uses).map((use) => use()))
      expect(won(answers)).toHaveLength(1)
      expect(await recorded('CodeAccepted')).toHaveLength(1)
    }
  })

  test('one recovery code', async () => {
    const random = seededRandom()
    let who = await steps.somebody('recovery@example.org')
    for (let round = 0; round < rounds; round += 1) {
      const code = who.recoveryCodes[round % 100]
      const recorded = await since(app)
      const answers = await everywhere(random, who.email, code ?? '')
      expect(won(answers)).toHaveLength(1)
      expect(refusals(answers)).toEqual(new Set(['SECOND_FACTOR_FAILED']))
      expect(await recorded('RecoveryCodeUsed')).toHaveLength(1)
      if (round % 100 === 99) who = await steps.somebody(`recovery${round}@example.org`)
    }
  })

  test('one challenge, with fifty different right codes', async () => {
    const random = seededRandom()
    for (let round = 0; round < rounds; round += 1) {
      const { email, secret, recoveryCodes } = await steps.somebody(`one-challenge${round}@example.org`)
      app.advance(3 * aStep)
      const codes = random.shuffled([-1, 0, 1].map((step) => steps.codeOf(secret, step)).concat(recoveryCodes.slice(0, atOnce - 3)))
      const challenge = await steps.challengeOf(email)
      const recorded = await since(app)
      const answers = await Promise.all(codes.map((code) => steps.answer(challenge, code)))
      expect(won(answers)).toHaveLength(1)
      expect(refusals(answers)).toEqual(new Set(['SECOND_FACTOR_FAILED']))
      expect(await recorded('SessionGranted')).toHaveLength(1)
      expect(await recorded('ChallengeAnswered')).toHaveLength(1)
    }
  })

  test('one challenge to enrol with', async () => {
    const demanding = await startTestServer({ env: { SECOND_FACTOR_ROLES: '*', MAX_OTP_ATTEMPTS: '1000' } })
    const there = secondFactorIn(demanding)
    for (let round = 0; round < rounds; round += 1) {
      const body = { email: `enrols${round}@example.org`, password: 'a long enough passphrase', transport: 'bearer' }
      const { challenge } = mustBe(201, await demanding.post('/register', body))
      const { secret } = mustBe(200, await demanding.post('/login/enroll', { challenge }))
      const codes = [-1, 0, 1].map((step) => there.codeOf(secret, step))
      const confirm = (n: number) => demanding.post('/login/enroll/confirm', { challenge, code: codes[n % 3], transport: 'bearer' })
      const answers = await Promise.all(times(atOnce, confirm))
      expect(won(answers)).toHaveLength(1)
      expect(refusals(answers)).toEqual(new Set(['SECOND_FACTOR_FAILED']))
      expect((await demanding.get('/secure/user', won(answers)[0]?.body.token)).status).toBe(200)
    }
    await demanding.stop()
  })

  test('one refresh token without a grace period, and then the whole session ends', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { refreshToken } = await app.register({ email: `refresh${round}@example.org` })
      const answers = await Promise.all(times(atOnce, () => app.post('/session/refresh', { refreshToken })))
      expect(won(answers)).toHaveLength(1)
      expect(refusals(answers)).toEqual(new Set(['SESSION_REQUIRED']))
      expect((await app.get('/secure/user', won(answers)[0]?.body.token)).status).toBe(401)
    }
  })

  test('one link to reset a password, and the password is the winner’s', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const email = `reset${round}@example.org`
      await app.register({ email })
      mustBe(202, await app.post('/password/reset', { email }))
      const token = ticketIn(await mailTo(app.dataDir, email, /^Reset/))
      const passwordOf = (n: number) => `new passphrase number ${n}`
      const reset = (n: number) => app.post('/password/reset/confirm', { token, newPassword: passwordOf(n) })
      const answers = await Promise.all(times(atOnce, reset))
      expect(won(answers)).toHaveLength(1)
      expect(refusals(answers)).toEqual(new Set(['INVALID_CREDENTIALS']))
      const winner = answers.findIndex(({ status }) => status === 204)
      expect((await steps.password(email, { password: passwordOf(winner) })).status).toBe(200)
    }
  })

  test('one link to finish a registration', async () => {
    const verifying = await startTestServer({ env: { REGISTRATION: 'verified' } })
    for (let round = 0; round < rounds; round += 1) {
      const email = `verified${round}@example.org`
      mustBe(202, await verifying.post('/register', { email, transport: 'bearer' }))
      const token = ticketIn(await mailTo(verifying.dataDir, email, /^Finish/))
      const answers = await Promise.all(
        times(atOnce, () => verifying.post('/register/confirm', { token, password: 'a long enough passphrase', transport: 'bearer' })),
      )
      expect(won(answers)).toHaveLength(1)
      expect(refusals(answers)).toEqual(new Set(['EMAIL_TAKEN']))
    }
    await verifying.stop()
  })
})

describe(`jump-ahead codes number 3 and 7 in parallel, ${rounds} rounds`, () => {
  test('end with the mark at 7; 3 is good only if it came first; nothing comes back', async () => {
    const random = seededRandom()
    const app = await startTestServer({ env: { RECOVERY_CODES: 'jump-ahead', MAX_OTP_ATTEMPTS: '1000' } })
    const steps = secondFactorIn(app)
    for (let round = 0; round < rounds; round += 1) {
      const { email, recoveryCodes } = await steps.somebody(`jumper${round}@example.org`)
      const codeNumber = (number: number) => recoveryCodes[number - 1] ?? ''
      const challenges = [await steps.challengeOf(email), await steps.challengeOf(email)]
      const recorded = await since(app)
      const numbers = random.shuffled([3, 7])
      const answers = await Promise.all(numbers.map((number, n) => steps.answer(challenges[n] ?? '', codeNumber(number))))
      const statusOf = (number: number) => answers[numbers.indexOf(number)]?.status
      const spent = (await recorded('RecoveryCodeUsed')).map(({ data }) => (data as { number: number }).number)
      expect(statusOf(7)).toBe(200)
      expect(spent).toEqual(statusOf(3) === 200 ? [3, 7] : [7])
      const token = answers[numbers.indexOf(7)]?.body.token
      expect((await app.get('/totp', token)).body.recoveryCodesLeft).toBe(3)
      const challenge = await steps.challengeOf(email)
      for (let number = 1; number <= 7; number += 1) expect((await steps.answer(challenge, codeNumber(number))).status).toBe(401)
      expect((await steps.answer(challenge, codeNumber(8))).status).toBe(200)
    }
    await app.stop()
  })
})

describe(`200 parallel wrong codes over ten challenges, ${rounds} rounds`, () => {
  const limit = 5
  const real = totpProvider({ issuer: 'Gatebook', window: 1 })
  const checked = { codes: 0 }
  const otpProvider: typeof real = {
    ...real,
    matchingStep: (...of) => {
      checked.codes += 1
      return real.matchingStep(...of)
    },
  }

  test('are never more than the limit before the lock, by count of checks and of events', async () => {
    const app = await startTestServer({ env: { MAX_OTP_ATTEMPTS: String(limit) }, hooks: { otpProvider } })
    const steps = secondFactorIn(app)
    for (let round = 0; round < rounds; round += 1) {
      const { email, secret, token } = await steps.somebody(`guessed${round}@example.org`)
      const challenges = await openChallenges(steps, email)
      const recorded = await since(app)
      const right = Number(wrongCode(steps.codeOf(secret)))
      const guess = (n: number) => String((right + n) % 1_000_000).padStart(6, '0')
      checked.codes = 0
      const answers = await Promise.all(
        times(200, (n) =>
          n % 10 === 9
            ? app.post('/session/elevate', { code: guess(n) }, token)
            : steps.answer(challenges[n % challengesOpen] ?? '', guess(n)),
        ),
      )
      expect(won(answers)).toHaveLength(0)
      expect(refusals(answers)).toEqual(new Set(['SECOND_FACTOR_FAILED', 'LOCKED_OUT', 'SESSION_REQUIRED']))
      const attempted = await recorded('CodeAttempted')
      const ofLogins = attempted.filter(({ data }) => (data as { readonly sessionId: string | null }).sessionId === null)
      expect(ofLogins).toHaveLength(limit)
      expect(await recorded('CodeEntryLocked')).toHaveLength(1)
      expect(await recorded('ReauthenticationAttempted')).toHaveLength(limit)
      expect(checked.codes).toBe(2 * limit)
    }
    await app.stop()
  })
})
