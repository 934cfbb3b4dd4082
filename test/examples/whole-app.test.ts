import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildApp } from '../../examples/whole-app.ts'
import { cheap, password } from '../library/support.ts'

const origin = 'http://localhost:5173'

test('an app of 40 lines guards routes, seeds, imports, welcomes, and serves a front end on another origin', async () => {
  expect(readFileSync('examples/whole-app.ts', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-whole-app-'))
  const welcomed: string[] = []
  const app = await buildApp({ ...cheap, dataDir }, async (email) => welcomed.push(email))
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url: `/api/1${url}`, headers: { origin }, payload })
  const statusOf = async (url: string, token?: string) =>
    (await app.inject({ url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })).statusCode

  const ada = (await post('/register', { email: 'ada@example.org', password, transport: 'bearer' })).json().token
  const grace = (await post('/login', { email: 'grace@example.org', password, transport: 'bearer' })).json().token
  const rootLogin = await post('/login', { email: 'root@example.org', password: 'change me at the first login', transport: 'bearer' })
  expect(rootLogin.headers['access-control-allow-origin']).toBe(origin)
  const root = rootLogin.json().token

  expect(await Promise.all([undefined, ada, grace].map((token) => statusOf('/orders', token)))).toEqual([401, 200, 200])
  expect(await Promise.all([ada, root].map((token) => statusOf('/books', token)))).toEqual([403, 200])
  await expect.poll(() => welcomed).toEqual(['ada@example.org'])
  await app.close()
  rmSync(dataDir, { recursive: true })
})
