import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { english } from '../../../application/notifications/texts/english.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { outbox } from '../../../infrastructure/mail/outbox.ts'
import { sweepOutbox } from '../../../infrastructure/mail/sweep-outbox.ts'

const day = 86_400_000
let now = instant(Date.parse('2026-06-01T12:00:00.000Z'))
let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-outbox-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const clock = () => now
const sweep = () => sweepOutbox({ dataDir, now: clock })
const files = () => readdirSync(join(dataDir, 'outbox'))
const write = () => {
  const send = outbox({ dataDir, from: 'gatebook@localhost', now: clock, newId, onFailure: () => {} })
  return send({ to: 'ada@example.org', ...english.oneTimeCode({ code: '123456', validMinutes: 5 }) })()
}

test('a mail stays for a day, which is as long as its link may be good, and no longer', async () => {
  await write()
  now = instant(now + day)
  await write()
  await sweep()
  expect(files()).toHaveLength(2)
  const [, young] = files().sort()
  now = instant(now + 1)
  await sweep()
  expect(files()).toEqual([young])
})

test('half a file of a crash goes too, and nothing that the outbox did not write', async () => {
  const others = ['README', '2020-01-01.eml', 'note.eml.part', '2020-01-01T00-00-00.000Z-mine.eml']
  mkdirSync(join(dataDir, 'outbox'))
  for (const name of [...others, `.2020-01-01T00-00-00.000Z-${newId()}.eml.part`]) writeFileSync(join(dataDir, 'outbox', name), '')
  await sweep()
  expect(files().sort()).toEqual([...others].sort())
})

test('where there is no outbox there is nothing to do', async () => {
  await sweep()
  expect(readdirSync(dataDir)).toEqual([])
})
