import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Mail } from '../../../application/ports/mail.ts'
import { sendCheckpoints } from '../../../infrastructure/proofs/sending/send-checkpoints.ts'
import { toFile } from '../../../infrastructure/proofs/sending/to-file.ts'
import { toMail } from '../../../infrastructure/proofs/sending/to-mail.ts'
import { toUrl } from '../../../infrastructure/proofs/sending/to-url.ts'

const headOf = (size: number) => ({
  size,
  note: `localhost/log/1\n${size}\n${Buffer.alloc(32, size).toString('base64')}\n\n\u2014 localhost/log/1 ${Buffer.alloc(68).toString('base64')}\n`,
  vkey: 'localhost/log/1+01234567+key',
})

describe('a checkpoint in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-sent-'))
  const file = join(folder, 'checkpoint.txt')
  afterEach(() => rmSync(file, { force: true }))
  const send = (leads = true) => toFile(file, async () => leads)

  test('replaces an earlier one that the log leads to', async () => {
    expect(await send()(headOf(1))).toBeNull()
    expect(await send()(headOf(2))).toBeNull()
    expect(readFileSync(file, 'utf8')).toBe(headOf(2).note)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('never replaces one that the log does not lead to', async () => {
    await send()(headOf(9))
    expect(await send(false)(headOf(2))).toContain('does not lead')
    expect(readFileSync(file, 'utf8')).toBe(headOf(9).note)
  })

  test('never replaces something else', async () => {
    writeFileSync(file, 'a list of things\n')
    expect(await send()(headOf(2))).toContain('something else')
    expect(readFileSync(file, 'utf8')).toBe('a list of things\n')
  })

  test('that cannot be written is reported by its code', async () => {
    expect(await toFile(join(folder, 'no/such/folder'), async () => true)(headOf(1))).toBe('the file cannot be written: ENOENT')
  })
})

describe('a checkpoint over HTTP', () => {
  const listen = async (status: number) => {
    const bodies: string[] = []
    const server = createServer(async (request, response) => {
      bodies.push(`${request.method} ${request.headers['content-type']} ${await text(request)}`)
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    }).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/checkpoints?key=secret`
    return { url, bodies, close: () => server.close() }
  }

  test('is posted as it is', async () => {
    const { url, bodies, close } = await listen(204)
    expect(await toUrl(url)(headOf(3))).toBeNull()
    expect(bodies).toEqual([`POST text/plain; charset=utf-8 ${headOf(3).note}`])
    close()
  })

  test.each([500, 404, 302])('fails with %i, and says nothing of the address', async (status) => {
    const { url, bodies, close } = await listen(status)
    const failure = await toUrl(url)(headOf(3))
    expect(failure).not.toBeNull()
    expect(failure).not.toContain('secret')
    expect(bodies).toHaveLength(1)
    close()
  })

  test('fails where nobody listens', async () => {
    expect(await toUrl('http://127.0.0.1:1/')(headOf(3))).toBe('the server cannot be reached')
  })
})

test('a checkpoint in a mail is the note behind a line, with the key', async () => {
  const mails: Mail[] = []
  const send = toMail('auditor@example.org', (mail) => async () => right(void mails.push(mail)))
  expect(await send(headOf(5))).toBeNull()
  expect(mails).toMatchObject([{ to: 'auditor@example.org', subject: 'Checkpoint of 5 events' }])
  expect(mails[0]?.text.split('----------\n')[1]).toBe(headOf(5).note)
  expect(await toMail('x@example.org', () => async () => left({ type: 'undeliverable' }))(headOf(5))).toBe('the mail was not accepted')
})

describe('the schedule', () => {
  const minute = 60_000
  const start = ({ answers = [] as (string | null)[] } = {}) => {
    vi.useFakeTimers()
    const log = { size: 1 }
    const sent: number[] = []
    const outcomes: (string | null)[] = []
    const sending = sendCheckpoints({
      checkpoint: async () => right(headOf(log.size)),
      interval: 60 * minute,
      onOutcome: (_name, failure) => outcomes.push(failure),
      targets: [
        {
          name: 'CHECKPOINT_FILE',
          send: async ({ size }) => {
            sent.push(size)
            return answers.shift() ?? null
          },
        },
      ],
    })
    return { log, sent, outcomes, sending }
  }
  afterEach(() => vi.useRealTimers())

  test('sends soon after the start, then in each interval in which something was recorded', async () => {
    const { log, sent, sending } = start()
    await vi.advanceTimersByTimeAsync(minute)
    expect(sent).toEqual([1])
    await vi.advanceTimersByTimeAsync(120 * minute)
    expect(sent).toEqual([1])
    log.size = 7
    await vi.advanceTimersByTimeAsync(60 * minute)
    expect(sent).toEqual([1, 7])
    await sending.close()
    log.size = 8
    await vi.advanceTimersByTimeAsync(120 * minute)
    expect(sent).toEqual([1, 7])
  })

  test('tries again after a minute, and reports a failure once and its end', async () => {
    const { sent, outcomes, sending } = start({ answers: ['away', 'away', null] })
    await vi.advanceTimersByTimeAsync(5 * minute)
    expect(sent).toEqual([1, 1, 1])
    expect(outcomes).toEqual(['away', null])
    await sending.close()
  })
})
