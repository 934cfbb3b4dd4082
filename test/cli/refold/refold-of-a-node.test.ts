import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { startGatebook } from '../../../testing/start-gatebook.ts'
import { startStandIn } from '../../support/event-store-stand-in/stand-in.ts'
import { runCommand } from '../../support/run-command.ts'
import { overHttp } from '../../support/server/over-http.ts'

test("compares a node's read models with its copy of the log, while the node runs", async () => {
  const standIn = await startStandIn()
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-refolded-node-'))
  const env = { NODE_ENV: 'development', EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: standIn.url, MASTER_KEY: `${'A'.repeat(43)}=` }
  const node = await startGatebook({ dataDir, env })
  const app = overHttp(node.baseUrl)
  for (let tries = 0; tries < 600 && (await app.get('/health/ready')).status !== 200; tries++) await pause(50)
  for (const name of ['ada', 'bob']) await app.register({ email: `${name}@example.org` })

  const refold = async (...args: readonly string[]) => {
    const { code, stdout } = await runCommand(['refold', ...args, '--json'], { ...env, DATA_DIR: dataDir })
    return {
      code,
      lines: stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    }
  }
  expect(await refold('--all')).toMatchObject({ code: 0, lines: [{ differences: 0 }] })
  expect(await refold('--samples', '50')).toMatchObject({ code: 0, lines: [{ differences: 0 }] })
  await node.stop()
  const replica = new Database(join(dataDir, 'node.db'))
  replica.exec('DELETE FROM accounts_v7 WHERE number = 1')
  replica.close()
  expect(await refold('--all')).toMatchObject({ code: 3, lines: [{ what: 'missing', table: 'accounts_v7' }, { differences: 1 }] })
  standIn.kill()
  rmSync(dataDir, { recursive: true, force: true })
})
