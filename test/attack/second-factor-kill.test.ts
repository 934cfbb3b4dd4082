import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { instant } from '../../domain/kernel/instant.ts'
import { codeAt, stepAt } from '../../infrastructure/otp/one-time-code.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { person, type stepsOf } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { madeUp, mustBe } from '../support/server/second-factor.ts'

const rounds = Number(process.env.KILL_ROUNDS ?? process.env.ROUNDS ?? 2)
const workers = 6
const limit = 15
/** The window of time steps: wide enough to use many codes at once. */
const window = 10
const env = {
  TOTP_WINDOW: String(window),
  MAX_OTP_ATTEMPTS: String(limit),
  OTP_LOCKOUT_SECONDS: '86400',
  RECOVERY_CODE_COUNT: '12',
}

type Steps = ReturnType<typeof stepsOf>

/** What a server has acknowledged for one person. The lock of a guesser may have been recorded without a response. */
type Life = {
  readonly email: string
  readonly guesses: boolean
  readonly used: string[]
  readonly answered: string[]
  open: string
  locked: boolean
}

const codeNow = (secret: string, ahead: number) => codeAt(secret, stepAt(instant(Date.now())) + ahead)

const live = async ({ post, register, elevated }: Steps, email: string, guesses: boolean, lives: Life[]) => {
  const token = await elevated((await register({ email })).token)
  const { secret, recoveryCodes } = mustBe(200, await post('/totp/enroll', undefined, token))
  const first = codeNow(secret, 1 - window)
  mustBe(204, await post('/totp/confirm', { code: first }, token))
  const life: Life = { email, guesses, used: [first], answered: [], open: '', locked: false }
  lives.push(life)
  const logIn = async () => mustBe(200, await post('/login', { ...person, email, transport: 'bearer' })).challenge
  const codes = [...recoveryCodes.slice(0, 6), ...[-4, -2, 0, 2].map((ahead) => codeNow(secret, ahead))]
  for (const code of guesses ? [] : codes) {
    const challenge = await logIn()
    mustBe(200, await post('/login/otp', { challenge, code, transport: 'bearer' }))
    life.used.push(code)
    life.answered.push(challenge)
  }
  const open = await logIn()
  life.open = open
  for (let n = 0; guesses && n <= limit; n += 1) {
    life.locked = (await post('/login/otp', { challenge: open, code: madeUp, transport: 'bearer' })).body.code === 'LOCKED_OUT'
  }
}

/** Lives in sequence until the connection breaks. */
const workUntilItEnds = async (steps: Steps, name: string, lives: Life[]) => {
  for (let n = 0; ; n += 1) {
    try {
      await live(steps, `${name}n${n}@example.org`, n % 2 === 1, lives)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return
    }
  }
}

const holds = async ({ post }: Steps, { email, guesses, used, answered, locked }: Life) => {
  const logIn = await post('/login', { ...person, email, transport: 'bearer' })
  const { challenge } = mustBe(200, logIn)
  const codeOf = async (body: object) => (await post('/login/otp', { ...body, transport: 'bearer' })).body.code
  if (locked) return expect(await codeOf({ challenge, code: madeUp })).toBe('LOCKED_OUT')
  for (const each of answered) expect(await codeOf({ challenge: each, code: madeUp })).toBe('SECOND_FACTOR_FAILED')
  const refused = guesses ? ['SECOND_FACTOR_FAILED', 'LOCKED_OUT'] : ['SECOND_FACTOR_FAILED']
  for (const code of used) expect(refused).toContain(await codeOf({ challenge, code }))
}

describe(`kill -9 while codes are used and guessed, ${rounds} times`, () => {
  test('leaves used codes used, answered challenges answered and locks locked', async () => {
    const random = seededRandom()
    const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
    const told = { codes: 0, locked: 0, people: 0 }
    try {
      for (let round = 0; round < rounds; round += 1) {
        const lives: Life[] = []
        const server = await startGatebook({ env, dataDir })
        const steps = overHttp(server.baseUrl)
        const work = Array.from({ length: workers }, (_, n) => workUntilItEnds(steps, `r${round}w${n}`, lives))
        while (!lives.some(({ locked }) => locked)) await pause(5)
        await pause(random.below(300))
        expect((await server.kill()).signal).toBe('SIGKILL')
        await Promise.all(work)
        // Codes that were pending at the kill count as wrong. A larger limit allows each used code to be tried.
        const again = await startGatebook({ env: { ...env, MAX_OTP_ATTEMPTS: '1000' }, dataDir })
        for (const life of lives) await holds(overHttp(again.baseUrl), life)
        await again.stop()
        told.people += lives.length
        told.codes += lives.reduce((sum, { used }) => sum + used.length, 0)
        told.locked += lives.filter(({ locked }) => locked).length
      }
      process.stderr.write(`kill -9, ${rounds} rounds: acknowledged ${JSON.stringify(told)}\n`)
      for (const [what, count] of Object.entries(told)) expect(count, what).toBeGreaterThan(0)
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  }, 3_600_000)

  test('leaves an open challenge to be answered', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
    try {
      const server = await startGatebook({ env, dataDir })
      const steps = overHttp(server.baseUrl)
      const token = await steps.elevated((await steps.register()).token)
      const { secret } = mustBe(200, await steps.post('/totp/enroll', undefined, token))
      mustBe(204, await steps.post('/totp/confirm', { code: codeNow(secret, -5) }, token))
      const { challenge } = mustBe(200, await steps.post('/login', { ...person, transport: 'bearer' }))
      await server.kill()
      const again = await startGatebook({ env, dataDir })
      const answer = await overHttp(again.baseUrl).post('/login/otp', { challenge, code: codeNow(secret, 0), transport: 'bearer' })
      expect(answer.status).toBe(200)
      await again.stop()
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})
