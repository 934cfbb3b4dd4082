import fc from 'fast-check'
import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { sendQueue } from '../../../infrastructure/mail/send-queue.ts'
import { smtp } from '../../../infrastructure/mail/smtp.ts'
import { smtpForTest } from './smtp-for-test.ts'

const tick = () => new Promise((resolve) => setImmediate(resolve))

const mailTo = (name: string) => ({ to: `${name}@example.org`, subject: 'Hello', text: 'Hello\n' })

const network = (n: number) => ({ network: `2001:db8:${n}` })
const account = (n: number) => ({ account: `account ${n}` })
const anyShare = (n: number) => (n % 2 === 0 ? network(n % 3) : account(n % 5))

/** A transport whose deliveries end when the test says so. */
const transport = () => {
  const started: string[] = []
  const ends: (() => void)[] = []
  const send = (mail: { readonly to: string }) => async () => {
    started.push(mail.to.split('@')[0] ?? '')
    await new Promise<void>((end) => ends.push(end))
    return right(undefined)
  }
  const endOne = async (n = 0) => {
    ends.splice(n % ends.length, 1)[0]?.()
    await tick()
  }
  return { started, ends, send, endOne }
}

describe('mails in line', () => {
  test('however they come and end, never take more connections than there are, and each is sent once', async () => {
    const step = fc.oneof(fc.constantFrom('urgent' as const, 'ordinary' as const), fc.nat(9))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { started, ends, send, endOne } = transport()
        const full: number[] = []
        const queue = sendQueue(send, { parallel: 3, waiting: 5, onFull: () => void full.push(1) })
        const outcomes: Promise<unknown>[] = []
        for (const [n, next] of steps.entries()) {
          if (typeof next === 'string') outcomes.push(queue[next](mailTo(`${next}${n}`), anyShare(n))())
          else if (ends.length > 0) await endOne(next)
          await tick()
          expect(ends.length).toBeLessThanOrEqual(3)
        }
        while (ends.length > 0) await endOne()
        const all = await Promise.all(outcomes)
        expect(all.filter((outcome) => isRight(outcome as never))).toHaveLength(started.length)
        expect(started.length + full.length).toBe(outcomes.length)
        expect(new Set(started).size).toBe(started.length)
      }),
      { numRuns: 200 },
    )
  })

  test('that are urgent go first, and one connection is theirs alone', async () => {
    const { started, send, endOne } = transport()
    const queue = sendQueue(send, { parallel: 3, waiting: 10, onFull: () => {} })
    const all = ['a', 'b', 'c', 'd'].map((name) => queue.ordinary(mailTo(name), network(1))())
    await tick()
    expect(started).toEqual(['a', 'b'])
    all.push(queue.urgent(mailTo('code-1'), account(1))(), queue.urgent(mailTo('code-2'), account(2))())
    await tick()
    expect(started).toEqual(['a', 'b', 'code-1'])
    await endOne()
    expect(started.at(-1)).toBe('code-2')
    for (let n = 0; n < 5; n += 1) await endOne()
    await Promise.all(all)
    expect(started).toEqual(['a', 'b', 'code-1', 'code-2', 'c', 'd'])
  })

  test('beyond the limit are refused at once', async () => {
    const { send, ends, endOne } = transport()
    const full: number[] = []
    const queue = sendQueue(send, { parallel: 2, waiting: 3, onFull: () => void full.push(1) })
    const all = Array.from({ length: 4 }, (_, n) => queue.ordinary(mailTo(`${n}`), network(n))())
    await tick()
    expect(await queue.ordinary(mailTo('more'), network(5))()).toEqual(left({ type: 'undeliverable' }))
    expect(full).toHaveLength(1)
    while (ends.length > 0) await endOne()
    expect((await Promise.all(all)).every(isRight)).toBe(true)
  })

  test('that one network causes leave room for those of others, and of accounts, and each of these goes before most of them', async () => {
    const { send, started, ends, endOne } = transport()
    const full: number[] = []
    const queue = sendQueue(send, { parallel: 2, waiting: 40, onFull: () => void full.push(1) })
    const crowd = Array.from({ length: 100 }, (_, n) => queue.ordinary(mailTo(`${n}`), network(1))())
    await tick()
    const others = [queue.ordinary(mailTo('reset'), network(2))(), queue.ordinary(mailTo('notice'), account(1))()]
    await tick()
    expect(full).toHaveLength(100 - 1 - 29)
    for (let n = 0; n < 3; n += 1) await endOne()
    expect(started.slice(1)).toEqual(expect.arrayContaining(['reset', 'notice']))
    while (ends.length > 0) await endOne()
    expect((await Promise.all(others)).every(isRight)).toBe(true)
    expect((await Promise.all(crowd)).filter(isRight)).toHaveLength(30)
  })

  test('with codes for one account leave room for codes for others', async () => {
    const { send, started, ends, endOne } = transport()
    const queue = sendQueue(send, { parallel: 1, waiting: 40, onFull: () => {} })
    const crowd = Array.from({ length: 100 }, (_, n) => queue.urgent(mailTo(`${n}`), account(1))())
    await tick()
    const other = queue.urgent(mailTo('other'), account(2))()
    for (let n = 0; n < 2; n += 1) await endOne()
    expect(started).toContain('other')
    while (ends.length > 0) await endOne()
    expect(isRight(await other)).toBe(true)
    await Promise.all(crowd)
  })

  test('are given up when the line is cleared, and those under way are not', async () => {
    const { send, endOne } = transport()
    const queue = sendQueue(send, { parallel: 2, waiting: 10, onFull: () => {} })
    const all = [
      queue.ordinary(mailTo('a'), account(1))(),
      queue.ordinary(mailTo('b'), account(1))(),
      queue.urgent(mailTo('c'), account(1))(),
      queue.urgent(mailTo('d'), account(1))(),
    ]
    await tick()
    queue.clear()
    await endOne()
    await endOne()
    expect((await Promise.all(all)).map(isRight)).toEqual([true, false, true, false])
  })

  test('of strangers open no connection each', async () => {
    let [open, most] = [0, 0]
    const { port, taken, close } = await smtpForTest({
      onConnect: (_session, done) => {
        open += 1
        most = Math.max(most, open)
        setTimeout(done, 20)
      },
      onClose: () => {
        open -= 1
      },
    })
    const send = smtp({ url: `smtp://127.0.0.1:${port}`, from: 'no-reply@example.org', onFailure: () => {} })
    const { ordinary } = sendQueue(send, { parallel: 4, waiting: 100, onFull: () => {} })
    await Promise.all(Array.from({ length: 40 }, (_, n) => ordinary(mailTo(`n${n}`), network(n))()))
    expect(taken).toHaveLength(40)
    expect(most).toBeLessThanOrEqual(4)
    await close()
  })
})
