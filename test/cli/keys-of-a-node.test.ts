import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GatebookServer, startGatebook } from '../../testing/start-gatebook.ts'
import { type StandIn, startStandIn } from '../support/event-store-stand-in/stand-in.ts'
import { runCommand } from '../support/run-command.ts'
import { overHttp } from '../support/server/over-http.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-keys-of-a-node-'))
const place = (name: string) => join(dataDir, name)
const proofsToken = 'canary-proofs-token-of-the-node-0123456789'
let standIn: StandIn
let node: GatebookServer
let env: Record<string, string>
let accountId: string

/** A node has a copy of the log without its keys: the commands read them from the store. */
beforeAll(async () => {
  standIn = await startStandIn()
  const store = { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: standIn.url }
  env = { NODE_ENV: 'development', ...store, MASTER_KEY: `${'A'.repeat(43)}=`, PROOFS_TOKEN: proofsToken }
  node = await startGatebook({ dataDir, env })
  const app = overHttp(node.baseUrl)
  const ada = await app.register({ email: 'ada@example.org' })
  accountId = ada.accountId
  const session = await app.elevated(ada.token)
  const exported = await app.get('/me/export', session)
  expect(exported.status).toBe(200)
  writeFileSync(place('export.json'), JSON.stringify(exported.body))
  const checkpoint = await fetch(`${node.baseUrl}/api/1/audit/checkpoint`, { headers: { authorization: `Bearer ${proofsToken}` } })
  expect(checkpoint.status).toBe(200)
  writeFileSync(place('checkpoint.txt'), await checkpoint.text())
  await app.logIn({ email: 'ada@example.org' })
})
afterAll(async () => {
  await node?.stop()
  standIn?.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

const run = (...args: readonly string[]) => runCommand(args, { ...env, DATA_DIR: dataDir })

describe('on a node, while it runs', () => {
  test('audit export decrypts addresses', async () => {
    const { code, stdout } = await run('audit', 'export', '--with-addresses', '--account', accountId, '--type', 'SessionGranted')
    expect(code).toBe(0)
    const addresses = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).address)
    expect(addresses).toEqual(['127.0.0.1', '127.0.0.1'])
    expect((await run('audit', 'export', '--address', '127.0.0.1', '--type', 'SessionGranted')).stdout).toContain(accountId)
  })

  test('verify compares an export', async () => {
    const { code, stdout } = await run('verify', '--export', place('export.json'), '--checkpoint', place('checkpoint.txt'), '--json')
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, export: { account: accountId, unreadable: 0, findings: [] } })
  })

  test('backtest tries blocked addresses', async () => {
    writeFileSync(place('policy.json'), JSON.stringify({ blockedAddresses: ['127.0.0.0/8'] }))
    const { code, stdout, stderr } = await run('backtest', '--policy', place('policy.json'), '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout).networks.tried).toMatchObject({ unopened: 0, blocked: 1 })
  })

  test('a store that cannot be reached is said', async () => {
    const args = ['audit', 'export', '--with-addresses']
    const { code, stdout, stderr } = await runCommand(args, { ...env, DATA_DIR: dataDir, EVENTSTOREDB_URL: 'esdb://127.0.0.1:9?tls=false' })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).not.toBe('')
  })
})
