import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { runCommand } from '../support/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-account-at-'))
const dataDir = join(folder, 'data')

const run = (...args: readonly string[]) => runCommand(['account-at', ...args], { DATA_DIR: dataDir })

describe('gatebook account-at', () => {
  let stop: () => Promise<unknown>
  let accountId = ''
  let registered = ''
  beforeAll(async () => {
    const server = await startGatebook({ dataDir })
    stop = server.stop
    const post = async (path: string, password: string) => {
      const body = JSON.stringify({ email: 'ada@example.org', password, transport: 'bearer' })
      const answer = await fetch(`${server.baseUrl}/api/1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      return (await answer.json()) as { accountId: string }
    }
    accountId = (await post('/register', 'correct horse battery')).accountId
    await new Promise((resolve) => setTimeout(resolve, 20))
    registered = new Date().toISOString()
    for (let guess = 0; guess < 5; guess++) await post('/login', 'a wrong battery')
  })
  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true })
  })

  test('shows beside a running server what was locked then, and what changed', async () => {
    const { code, stdout, stderr } = await run(accountId, '--time', new Date().toISOString(), '--since', registered)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^moment {2,}\d{4}-.*, after position \d+\nstatus {2,}active\n/)
    expect(stdout).toMatch(/\nlocked until {2,}\d{4}-/)
    expect(stdout).toMatch(/\nsessions:\nid {2,}granted /)
    expect(stdout).toMatch(/\nchange {2,}field {2,}before {2,}after\nchanged {2}lockedUntil {2,}- {2,}\d{4}-/)
    expect(stdout).not.toContain('ada@example.org')
  })

  test('shows it in JSON', async () => {
    const { moment, since, changes } = JSON.parse((await run(accountId, '--time', registered, '--json')).stdout)
    expect(moment).toMatchObject({ time: registered, status: 'active', lockedUntil: null, sessions: [{ factors: ['pwd'] }] })
    expect([since, changes]).toEqual([null, null])
  })

  test('says in one line what is wrong', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000'
    expect(await run(nobody, '--time', '1h')).toMatchObject({ code: 1, stderr: 'the log has no such account\n' })
    expect(await run('ada@example.org', '--time', '1h')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected the id of an account'),
    })
    expect(await run(accountId)).toMatchObject({ code: 2 })
    expect(await run(accountId, '--time', 'yesterday')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a time') })
  })
})
