import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { retrying } from '../../../infrastructure/mail/retrying.ts'
import { smtp } from '../../../infrastructure/mail/smtp.ts'
import { smtpForTest } from './smtp-for-test.ts'

const share = { account: 'ada' }
const mail = { to: 'ada@example.org', subject: 'Hello', text: 'Hello\n' }
const failed = left({ type: 'undeliverable' as const })
const refused = left({ type: 'undeliverable' as const, final: true as const })

const outcomes = (...all: readonly (typeof failed | typeof refused | ReturnType<typeof right<never, void>>)[]) => {
  let attempts = 0
  return { send: () => async () => all[attempts++] ?? failed, attempts: () => attempts }
}
const retries = { attempts: 4, firstMs: 1, longestMs: 4, waiting: 10, signal: new AbortController().signal }

describe('a mail that failed', () => {
  test('is sent again until it is delivered', async () => {
    const { send, attempts } = outcomes(failed, failed, right(undefined))
    expect(await retrying(send, retries)(mail, share)()).toEqual(right(undefined))
    expect(attempts()).toBe(3)
  })

  test('is given up after the last attempt', async () => {
    const { send, attempts } = outcomes()
    expect(await retrying(send, retries)(mail, share)()).toEqual(failed)
    expect(attempts()).toBe(4)
  })

  test('is not sent again if that cannot help', async () => {
    const { send, attempts } = outcomes(failed, refused)
    expect(await retrying(send, retries)(mail, share)()).toEqual(refused)
    expect(attempts()).toBe(2)
  })

  test('is given up at once if too many of its network or account wait, and not if others do', async () => {
    const { send, attempts } = outcomes()
    const stop = new AbortController()
    const sending = retrying(send, { ...retries, firstMs: 3_600_000, longestMs: 3_600_000, waiting: 16, signal: stop.signal })
    const waiting = Array.from({ length: 12 }, () => sending(mail, { network: '2001:db8:1' })())
    await new Promise((resolve) => setImmediate(resolve))
    expect(await sending(mail, { network: '2001:db8:1' })()).toEqual(failed)
    for (const other of [{ network: '2001:db8:2' }, share]) waiting.push(sending(mail, other)())
    await new Promise((resolve) => setImmediate(resolve))
    expect(attempts()).toBe(15)
    stop.abort()
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => failed))
  })

  test('does not delay a stop', async () => {
    const { send, attempts } = outcomes()
    const stop = new AbortController()
    const sending = retrying(send, { ...retries, firstMs: 3_600_000, longestMs: 3_600_000, signal: stop.signal })(mail, share)()
    await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    expect(await sending).toEqual(failed)
    expect(attempts()).toBe(1)
  })

  test('arrives once the server is back', async () => {
    const isDown = () => Object.assign(new Error('Not now'), { responseCode: 421 })
    let connections = 0
    const { port, taken, close } = await smtpForTest({
      onConnect: (_session, done) => {
        connections += 1
        done(connections < 3 ? isDown() : null)
      },
    })
    const send = smtp({ url: `smtp://127.0.0.1:${port}`, from: 'no-reply@example.org', onFailure: () => {} })
    expect(await retrying(send, retries)(mail, share)()).toEqual(right(undefined))
    expect(taken).toHaveLength(1)
    await close()
  })
})
