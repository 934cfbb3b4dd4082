import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left, right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { person } from '../support/server/client.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

test('what unknown callers sealed is unreadable after a start that comes late enough, and logins go on', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-test-'))
  const inDays = (days: number) => startTestServer({ dataDir, hooks: { wall: () => Date.now() + days * 86_400_000 } })
  const read = async ({ gatebook }: Awaited<ReturnType<typeof inDays>>) => {
    await gatebook.settled()
    const attempt = (await everyEvent(gatebook.store)).find(({ type }) => type === 'LoginAttempted')
    return gatebook.ports.crypto.vault.unseal('address', Object(attempt?.data).ipAddress as Sealed)()
  }
  const now = await inDays(0)
  await now.post('/login', { ...person, transport: 'bearer' })
  await now.register()
  expect(await read(now)).toEqual(right('127.0.0.1'))
  await now.stop()
  const early = await inDays(29)
  expect(await read(early)).toEqual(right('127.0.0.1'))
  await early.stop()
  const late = await inDays(62)
  expect(await read(late)).toEqual(left({ type: 'key_shredded' }))
  expect((await late.post('/login', { email: 'nobody@example.org', password: person.password, transport: 'bearer' })).status).toBe(401)
  expect((await late.logIn()).token).toEqual(expect.any(String))
  await late.stop()
  rmSync(dataDir, { recursive: true })
})
