import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildServer } from '../../examples/in-process.ts'
import { cheap } from '../library/support.ts'

test('a server without a framework seeds an account once and knows who asks', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-in-process-'))
  const first = await buildServer({ ...cheap, dataDir })
  await first.gatebook.close()
  const { server, gatebook, account } = await buildServer({ ...cheap, dataDir })
  expect(account.id).toBe(first.account.id)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(url, { headers })
    return [answer.status, await answer.json()]
  }
  const { token, cookie } = await gatebook.sessions.create({ accountId: account.id })
  expect(await ask({ authorization: `Bearer ${token}` })).toEqual([200, { balance: 42 }])
  expect(await ask({})).toEqual([403, { wanted: 'bookkeeper' }])
  const both = { authorization: 'Bearer another', cookie: cookie.split('; ')[0] ?? '' }
  expect(await ask(both)).toEqual([400, { code: 'MALFORMED_REQUEST' }])
  await new Promise((done) => server.close(done))
  await gatebook.close()
  rmSync(dataDir, { recursive: true })
})
