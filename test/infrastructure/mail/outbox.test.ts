import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { english } from '../../../application/notifications/texts/english.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import type { DeliveryFailure } from '../../../infrastructure/mail/delivery.ts'
import { outbox } from '../../../infrastructure/mail/outbox.ts'
import { hostileRecipients, hostileSubjects } from './hostile-mails.ts'
import { readMail } from './read-mail.ts'

const noon = instant(Date.parse('2026-06-01T12:00:00.000Z'))
const link = `http://localhost:1984/reset#token=${'Az09_-'.repeat(20)}`
const mail = { to: 'ada@example.org', ...english.passwordReset({ link }) }
let dataDir = ''
let failures: DeliveryFailure[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-outbox-'))
  failures = []
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const opened = (folder = dataDir) =>
  outbox({
    dataDir: folder,
    from: 'Gatebook <gatebook@localhost>',
    now: () => noon,
    newId,
    onFailure: (failure) => void failures.push(failure),
  })
const files = () => readdirSync(join(dataDir, 'outbox')).sort()
const read = (name: string) => readFileSync(join(dataDir, 'outbox', name), 'utf8')

describe('the outbox', () => {
  test('holds a mail as a message file, with the link', async () => {
    expect(await opened()(mail)()).toEqual(right(undefined))
    const [name = ''] = files()
    expect(name).toMatch(/^2026-06-01T12-00-00\.000Z-[0-9a-f-]{36}\.eml$/)
    const { headers, body } = readMail(read(name))
    expect(headers).toMatchObject({
      from: 'Gatebook <gatebook@localhost>',
      to: 'ada@example.org',
      subject: mail.subject,
      date: 'Mon, 01 Jun 2026 12:00:00 +0000',
      'auto-submitted': 'auto-generated',
      'content-type': 'text/plain; charset=utf-8',
    })
    expect(headers['message-id']).toMatch(/^<[^<>@]+@localhost>$/)
    expect(body).toBe(mail.text)
    expect(body.split('\n')).toContain(link)
  })

  test.each(['𝄞'.repeat(16), 'a'.repeat(64), "ada+o'brien", '\ue000'])('takes a mail for %s@example.org', async (local) => {
    const to = `${local}@example.org`
    expect(await opened()({ ...mail, to })()).toEqual(right(undefined))
    expect(readMail(read(files()[0] ?? '')).headers.to).toBe(to)
  })

  test('is for its owner only', async () => {
    await opened()(mail)()
    const mode = (path: string) => statSync(path).mode & 0o777
    expect(mode(join(dataDir, 'outbox'))).toBe(0o700)
    expect(mode(join(dataDir, 'outbox', files()[0] ?? ''))).toBe(0o600)
  })

  test('keeps mails of the same moment apart, in their order', async () => {
    const send = opened()
    for (const n of [1, 2, 3]) await send({ ...mail, text: `${n}\n` })()
    expect(files().map((name) => readMail(read(name)).body)).toEqual(['1\n', '2\n', '3\n'])
  })

  test('holds other alphabets and long lines, encoded', async () => {
    await opened()({ ...mail, subject: 'Grüße', text: 'Grüße\n' })()
    await opened()({ ...mail, text: `${'x'.repeat(2000)}\n` })()
    for (const name of files()) {
      expect(read(name)).toMatch(/^[\r\n\x20-\x7e]*$/)
      for (const line of read(name).split('\r\n')) expect(line.length).toBeLessThan(999)
    }
    expect(files().map((name) => readMail(read(name)).body)).toEqual(['Grüße\n', `${'x'.repeat(2000)}\n`])
  })

  test.each(hostileRecipients)('takes nothing for %j', async (to) => {
    expect(await opened()({ ...mail, to })()).toEqual(left({ type: 'undeliverable', final: true }))
    expect(failures).toEqual([{ code: 'REFUSED', status: null }])
    expect(readdirSync(dataDir)).toEqual([])
  })

  test.each(hostileSubjects)('takes no mail with the subject %j', async (subject) => {
    expect(await opened()({ ...mail, subject })()).toEqual(left({ type: 'undeliverable', final: true }))
  })

  test('that cannot be written is told by the code of the error, and leaves no half file', async () => {
    writeFileSync(join(dataDir, 'file'), '')
    expect(await opened(join(dataDir, 'file'))(mail)()).toEqual(left({ type: 'undeliverable' }))
    expect(failures).toEqual([{ code: 'ENOTDIR', status: null }])
    await opened()(mail)()
    expect(files()).toHaveLength(1)
  })
})
