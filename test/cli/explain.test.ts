import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { runCommand } from '../support/run-command.ts'
import { recordedLog } from '../support/server/recorded-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-explain-'))
const dataDir = join(folder, 'data')

const run = (...args: readonly string[]) => runCommand(['explain', ...args], { DATA_DIR: dataDir })

describe('gatebook explain', () => {
  let stop: () => Promise<unknown>
  let positionOf: (type: string) => number
  beforeAll(async () => {
    const server = await startGatebook({ dataDir })
    stop = server.stop
    const post = (path: string, password: string) => {
      const body = JSON.stringify({ email: 'ada@example.org', password, transport: 'bearer' })
      return fetch(`${server.baseUrl}/api/1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    }
    await post('/register', 'correct horse battery')
    for (let guess = 0; guess < 5; guess++) await post('/login', 'a wrong battery')
    const log = await recordedLog(dataDir)
    positionOf = (type) => log.findLast((event) => event.type === type)?.position ?? 0
  })
  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true })
  })

  test('says beside a running server why a login was locked', async () => {
    const position = positionOf('LoginLocked')
    const { code, stdout, stderr } = await run(String(position))
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^Position ${position}, .*, by anonymous\nLocked until .* \\(1st time in a row\\)\\.\n`))
    expect(stdout).toMatch(/\nfailures {2,}5 of 5\n/)
    expect(stdout).toMatch(/\nduration of the lock {2,}60 s of 3600 s\n/)
    expect(stdout).toContain(`Appended with position ${position - 1}: Password rejected.`)
    expect(stdout).toMatch(/Policy in force: a lock after 5 wrong passwords, 60 s to 3600 s; .* Recorded at position \d+/)
    expect(stdout).toMatch(/Read: login-.*, from revision 0 to revision 10\.\nThe decider was asked again \(settle\)/)
  })

  test('says it in JSON', async () => {
    const { stdout } = await run(String(positionOf('LoginLocked')), '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'LoginLocked',
      agrees: true,
      rule: 'budget_spent',
      counters: [{ value: 5, limit: 5 }, {}, {}],
    })
  })

  test('says of a fact that nothing was weighed', async () => {
    expect((await run(String(positionOf('PolicyPutInForce')))).stdout).toContain('A fact, recorded as it was.')
  })

  test('says in one line what is wrong', async () => {
    expect(await run('999999')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^the log has no event at position 999999.*\n$/),
    })
    expect(await run(String(positionOf('DataKeyWrapped')))).toMatchObject({ code: 1, stdout: '' })
    expect(await run('first')).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a whole number') })
    expect(await run()).toMatchObject({ code: 2 })
    expect((await run('--help')).stdout).toContain('Exit codes: 0 explained, 1 there is no such event')
  })
})
