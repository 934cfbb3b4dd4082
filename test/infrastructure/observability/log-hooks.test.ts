import fs, { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openGatebook } from '../../../composition/embed.ts'
import { logHooks } from '../../../infrastructure/observability/log-hooks.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'
import { onceAMinute } from '../../../infrastructure/observability/once-a-minute.ts'

const lines: string[] = []
const logger = createLogger('info', { write: (line) => void lines.push(line) })
beforeEach(() => void lines.splice(0))
afterEach(() => vi.restoreAllMocks())

test('what goes wrong behind an answer is a line in the log, without the words of the error', () => {
  const { onUndelivered, onFault, onWriterDeath, onErasuresOwed, onEmailChangesOwed } = logHooks(logger)
  onUndelivered?.({ code: 'ECONNREFUSED', status: null })
  onFault?.(new Error('ada@example.org'))
  onWriterDeath?.()
  onErasuresOwed?.(0)
  onErasuresOwed?.(2)
  onEmailChangesOwed?.(0)
  onEmailChangesOwed?.(3)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, code: 'ECONNREFUSED', msg: 'mail delivery failed' },
    { level: 50, error: { name: 'Error' }, msg: 'background task failed' },
    { level: 60, msg: 'the database writer thread has died: restart the server' },
    { level: 50, owed: 2, msg: 'erasures could not be completed: restart the server to retry' },
    { level: 50, owed: 3, msg: 'changes of email addresses could not be completed: restart the server to retry' },
  ])
  expect(lines.join()).not.toContain('ada@example.org')
})

test('a fault that each login repeats is one line a minute', () => {
  const { onHashFault } = logHooks(logger)
  for (let n = 0; n < 100; n += 1) onHashFault?.('cover_failed')
  onHashFault?.('hash_failed')
  expect(lines.map((line) => JSON.parse(line).fault)).toEqual(['cover_failed', 'hash_failed'])
})

test('and again a minute later', () => {
  const written: string[] = []
  let now = 0
  const write = onceAMinute(
    (key: string) => void written.push(`${key} ${now}`),
    () => now,
  )
  for (now of [0, 59_999, 60_000, 60_001]) write('a')
  write('b')
  expect(written).toEqual(['a 0', 'a 60000', 'b 60001'])
})

test('embedded, too: a warning at start, and a line for each mail that went nowhere', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-told-'))
  const write = fs.writeSync
  const written = vi.spyOn(fs, 'writeSync').mockImplementation((fd: number, data: unknown, ...rest: unknown[]) => {
    if (fd !== 1) return Reflect.apply(write, fs, [fd, data, ...rest])
    lines.push(String(data))
    return Buffer.byteLength(String(data))
  })
  const cheap = { dataDir, argon2MemoryKib: 8, argon2Time: 1 }
  const cut = { smtpUrl: 'smtp://127.0.0.1:1', mailFrom: 'no-reply@example.org' }
  const embedded = await openGatebook({ ...cheap, ...cut })
  const app = Fastify()
  await app.register(embedded.plugin)
  const payload = { email: 'ada@example.org', password: 'a long enough passphrase', transport: 'bearer' }
  await app.inject({ method: 'POST', url: '/api/1/register', payload })
  await app.inject({ method: 'POST', url: '/api/1/password/reset', payload: { email: payload.email } })
  await app.close()
  await (await openGatebook({ dataDir, nodeEnv: 'production', publicOrigin: 'https://app.example.org' })).close()
  written.mockRestore()
  rmSync(dataDir, { recursive: true })
  expect(lines.filter((line) => line.includes('mail delivery failed'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('SMTP_URL is not set'))).toHaveLength(1)
  expect(lines.join()).not.toContain('ada@example.org')
})
