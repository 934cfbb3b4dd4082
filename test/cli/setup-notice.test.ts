import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { setupNotice } from '../../cli/setup-notice.ts'
import { setupToken } from '../../infrastructure/data-dir/setup-token.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { person } from '../support/server/client.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-setup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(folder, 'setup.token')
const origin = 'https://login.example.org'

test('a setup token that was given is in no log, and in no file', () => {
  const said = setupNotice(origin, setupToken(folder, 'a-setup-token-4711'))
  expect(said).not.toContain('4711')
  expect(said).toContain('POST https://login.example.org/api/1/setup and the configured SETUP_TOKEN')
  expect(existsSync(file)).toBe(false)
})

test('one that was generated is shown, and where it is kept', () => {
  const said = setupNotice(origin, setupToken(folder, undefined))
  expect(said).toContain(`https://login.example.org/setup#${readFileSync(file, 'utf8').trim()}\n`)
  expect(said).toContain(`It is stored in ${file}`)
})

test('the page that it names may create the administrator', async () => {
  await using server = await startGatebook()
  const link = await vi.waitUntil(() => /(\S+)\/setup#(\S+)/.exec(server.output().stderr))
  const [, origin = '', token] = link
  const answer = await fetch(`${server.baseUrl}/api/1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ setupToken: token, ...person }),
  })
  expect(answer.status).toBe(201)
})
