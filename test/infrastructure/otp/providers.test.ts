import { execFileSync } from 'node:child_process'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { english } from '../../../application/notifications/texts/english.ts'
import type { Mail } from '../../../application/ports/mail.ts'
import type { OtpProvider } from '../../../application/ports/otp.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { smsProvider } from '../../../examples/sms-provider.ts'
import { developmentProvider } from '../../../infrastructure/otp/development-provider.ts'
import { emailProvider, type WriteCode } from '../../../infrastructure/otp/email-provider.ts'
import { codeAt } from '../../../infrastructure/otp/one-time-code.ts'
import { totpProvider } from '../../../infrastructure/otp/totp-provider.ts'
import { isInstalled } from '../../support/installed.ts'

const noon = instant(Date.parse('2026-06-01T12:00:00.000Z'))
const step = noon / 30_000
const ada = { accountId: '01970000-0000-7000-8000-00000000000a', email: 'ada@example.org' }
const steps = (n: number) => instant(noon + n * 30_000)
const undeliverable = left({ type: 'undeliverable' })

describe('an authenticator', () => {
  const provider = totpProvider({ issuer: 'Gatebook', window: 1 })
  const secret = provider.newSecret()
  const codeOf = (...more: readonly string[]) =>
    execFileSync(
      'oathtool',
      ['--totp', '--base32', `--now=${new Date(noon).toISOString().replace('T', ' ').replace('Z', ' UTC')}`, ...more, secret],
      {
        encoding: 'utf8',
      },
    ).trim()

  test.skipIf(!isInstalled('oathtool'))('of an independent make (oathtool) is understood', () => {
    expect(provider.matchingStep(secret, codeOf(), noon)).toBe(step)
    expect(provider.matchingStep(secret, codeOf(), steps(1))).toBe(step)
    expect(provider.matchingStep(secret, codeOf(), steps(-1))).toBe(step)
    expect(provider.matchingStep(secret, codeOf(), steps(2))).toBeNull()
    expect(provider.matchingStep(secret, codeOf(), steps(-2))).toBeNull()
  })

  test('may be off by as many steps as the window is wide', () => {
    const code = codeAt(secret, step)
    const matched = [0, 1, 2].map((window) =>
      [-2, -1, 0, 1, 2].filter((n) => totpProvider({ issuer: 'G', window }).matchingStep(secret, code, steps(n))),
    )
    expect(matched).toEqual([[0], [-1, 0, 1], [-2, -1, 0, 1, 2]])
  })

  test('is set up by a URI with issuer, label and secret', () => {
    const uri = new URL(totpProvider({ issuer: 'Ada & Sons', window: 1 }).uri(secret, 'ada+x@example.org') ?? '')
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/Ada & Sons:ada+x@example.org'])
    expect(Object.fromEntries(uri.searchParams)).toEqual({ secret, issuer: 'Ada & Sons' })
  })

  test('has nothing delivered', () => expect(provider.deliver).toBeUndefined())
})

describe('the development provider', () => {
  const provider = developmentProvider('Gatebook')
  const secret = provider.newSecret()

  test('takes ten codes, each for the step of the moment', () => {
    const codes = Array.from('0123456789', (digit) => digit.repeat(6))
    for (const code of codes) {
      expect(provider.matchingStep(secret, code, noon)).toBe(step)
      expect(provider.matchingStep(secret, code, instant(noon + 29_999))).toBe(step)
      expect(provider.matchingStep(secret, code, instant(noon + 30_000))).toBe(step + 1)
    }
  })

  test.each(['000001', '00000', '0000000', '123456', '', ' 111111', '111111\n', '１１１１１１'])('does not take %j', (code) =>
    expect(provider.matchingStep(secret, code, noon)).toBeNull(),
  )

  test('does not take the real code', () => {
    const real = Array.from({ length: 20 }, (_, n) => n).find((n) => !/^(.)\1{5}$/.test(codeAt(secret, step + n))) ?? 0
    expect(provider.matchingStep(secret, codeAt(secret, step + real), steps(real))).toBeNull()
  })
})

const delivered = (make: (outbox: string[]) => OtpProvider) => {
  const outbox: string[] = []
  const provider = make(outbox)
  const secret = provider.newSecret()
  return {
    provider,
    secret,
    outbox,
    deliver: async (at = noon) => {
      const outcome = await provider.deliver?.(secret, ada, at)()
      return { outcome, code: /\b[0-9]{6}\b/.exec(outbox.at(-1) ?? '')?.[0] ?? 'no code' }
    },
  }
}

const writeCode: WriteCode = (_, content) => async () => english.oneTimeCode(content)

describe.each([
  [
    'by e-mail',
    () => delivered((outbox) => emailProvider((mail: Mail) => TE.fromIO(() => void outbox.push(JSON.stringify(mail))), writeCode)),
  ],
  [
    'by SMS',
    () =>
      delivered((outbox) =>
        smsProvider({
          phoneOf: async (accountId) => (accountId === ada.accountId ? '+441632960000' : null),
          sendText: (phone, text) => TE.fromIO(() => void outbox.push(`${phone}: ${text}`)),
        }),
      ),
  ],
])('a code %s', (_how, make) => {
  test('is good for ten minutes', async () => {
    const { provider, secret, deliver } = make()
    const { outcome, code } = await deliver()
    expect(outcome).toEqual(right(undefined))
    expect([0, 1, 20].map((n) => provider.matchingStep(secret, code, steps(n)))).toEqual([step, step, step])
    expect([-1, 21].map((n) => provider.matchingStep(secret, code, steps(n)))).toEqual([null, null])
  })

  test('is another one in the next step', async () => {
    const { deliver } = make()
    const [one, again, next] = [await deliver(), await deliver(instant(noon + 29_999)), await deliver(steps(1))]
    expect(again.code).toBe(one.code)
    expect(next.code).not.toBe(one.code)
  })

  test('goes to the person it is for, and says nothing of the secret', async () => {
    const { deliver, outbox, secret } = make()
    await deliver()
    expect(outbox).toHaveLength(1)
    expect(outbox[0]).toMatch(/ada@example\.org|\+441632960000/)
    expect(outbox[0]).not.toContain(secret)
  })

  test('leaves nothing to scan', () => {
    const { provider, secret } = make()
    expect(provider.uri(secret, 'ada')).toBeNull()
  })
})

test('a code that goes nowhere is undeliverable', async () => {
  const failing = emailProvider(() => TE.left({ type: 'undeliverable' }), writeCode)
  const numberless = smsProvider({ phoneOf: async () => null, sendText: () => TE.right(undefined) })
  for (const provider of [failing, numberless]) {
    const outcome = await provider.deliver?.(provider.newSecret(), ada, noon)()
    expect(outcome && isLeft(outcome) && outcome).toEqual(undeliverable)
  }
})
