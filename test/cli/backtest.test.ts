import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { runCommand } from '../support/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-backtest-'))
const dataDir = join(folder, 'data')
const policyFile = join(folder, 'policy.json')

const run = async (policy: unknown, ...args: readonly string[]) => {
  writeFileSync(policyFile, typeof policy === 'string' ? policy : JSON.stringify(policy))
  return runCommand(['backtest', '--policy', policyFile, ...args], { DATA_DIR: dataDir })
}

describe('gatebook backtest', () => {
  let stop: () => Promise<unknown>
  let accountId: string
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
    for (let guess = 0; guess < 4; guess++) await post('/login', 'a wrong battery')
    await post('/login', 'correct horse battery')
  })
  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true })
  })

  test('says beside a running server what another policy would have done', async () => {
    const { code, stdout } = await run({ loginMaxAttempts: 3, loginLockoutSeconds: 600 })
    expect(code).toBe(0)
    expect(stdout).toMatch(/locks +0 +1\n +minutes of lock +0 +10\n/)
    expect(stdout).toMatch(/right passwords that a lock refuses +0 +1\n +wrong passwords that a lock stops +0 +1\n/)
    expect(stdout).toContain(`Accounts whose login would have been locked and were not:\n  ${accountId}  1 lock, 10 minutes`)
  })

  test('says it in JSON, and finds the policy in force to do what was recorded', async () => {
    const { logins, codes, networks } = JSON.parse((await run({}, '--json')).stdout)
    expect([logins.tried, codes.tried]).toEqual([logins.recorded, codes.recorded])
    expect(networks.tried.refused).toBe(0)
    const later = JSON.parse((await run({ loginMaxAttempts: 1 }, '--json', '--from', '2100-01-01')).stdout)
    expect(later.logins.tried.locks).toBe(0)
  })

  test('tries networks before it tries locks, and opens addresses with the master key only', async () => {
    const rate = await run({ loginRatePerMinute: 2, loginMaxAttempts: 3 })
    expect(rate.stdout).toMatch(/refused by network +- +3\n.*\n +right passwords among them +- +1\n +wrong passwords among them +- +2\n/)
    expect(rate.stdout).toMatch(/Logins\n +locks +0 +0\n/)
    const { policy, networks } = JSON.parse((await run({ blockedAddresses: ['127.0.0.0/8', '::1'] }, '--json')).stdout)
    expect(policy.networks).toEqual({ attemptsPerMinute: 30, blocked: 2 })
    expect(networks).toMatchObject({
      tried: { refused: 5, blocked: 5, names: 1, networks: 1, unopened: 0 },
      accounts: [{ accountId, refusedLogins: 1, stoppedGuesses: 4 }],
    })
    const blocked = { blockedAddresses: ['127.0.0.0/8', '::1'] }
    writeFileSync(policyFile, JSON.stringify(blocked))
    const other = { DATA_DIR: dataDir, MASTER_KEY: Buffer.alloc(32).toString('base64') }
    expect((await runCommand(['backtest', '--policy', policyFile], other)).stdout).toMatch(/addresses that cannot be opened +- +5\n/)
    const none = await runCommand(['backtest', '--policy', policyFile], { DATA_DIR: dataDir, MASTER_KEY_FILE: join(folder, 'none') })
    expect(none.stderr).toMatch(/No address can be opened, so blockedAddresses refuses nothing\. .*MASTER_KEY_FILE names does not exist/)
    expect(none.stdout).toMatch(/addresses that cannot be opened +- +5\n/)
  })

  test('reads no setting but those that it tries', async () => {
    writeFileSync(policyFile, '{}')
    const args = ['backtest', '--policy', policyFile, '--json', '--from', '7d']
    const wrong = { DATA_DIR: dataDir, GATEBOOK_HOST: '!', SMTP_URL: 'x', SESSION_IDLE_SECONDS: 'x' }
    expect(await runCommand(args, wrong)).toMatchObject({ code: 0 })
    expect(await runCommand(args, { ...wrong, LOGIN_MAX_ATTEMPTS: 'x' })).toMatchObject({
      code: 2,
      stderr: '--policy: LOGIN_MAX_ATTEMPTS: expected a whole number from 1 to 1000\n',
    })
  })

  test('refuses a policy that it does not understand', async () => {
    expect(await run({ loginMaxAttempt: 3 })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('loginMaxAttempts') })
    expect(await run({ loginMaxAttempts: 'three' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('loginMaxAttempts: expected'),
    })
    expect(await run('{')).toMatchObject({ code: 2, stderr: '--policy: expected a file with JSON\n' })
    expect(await run([])).toMatchObject({ code: 2, stderr: '--policy: the policy: expected a JSON object\n' })
    expect(await run({}, '--from', 'yesterday')).toMatchObject({ code: 2, stderr: expect.stringContaining('--from') })
    expect(await runCommand(['backtest', '--policy', join(folder, 'none')], { DATA_DIR: dataDir })).toMatchObject({
      code: 2,
      stderr: '--policy: the file cannot be read\n',
    })
  })
})
