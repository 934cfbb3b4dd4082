import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { startStandIn } from '../support/event-store-stand-in/stand-in.ts'
import { runCommand } from '../support/run-command.ts'
import { overHttp } from '../support/server/over-http.ts'
import { usedDataDir } from '../support/used-data-dir.ts'

const development = { NODE_ENV: 'development' }

const ready = async (app: ReturnType<typeof overHttp>) => {
  for (let tries = 0; tries < 600; tries++) {
    if ((await app.get('/health/ready')).status === 200) return
    await pause(50)
  }
  throw new Error('the node is never ready')
}

test('whoever was logged in before the log moved to a cluster is logged in on its nodes, and whoever was logged out is not', async () => {
  const lived = await usedDataDir()
  const standIn = await startStandIn()
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-nodes-'))
  const copied = await runCommand(['copy', '--from', `sqlite:${lived.dataDir}`, '--to', 'esdb:'], {
    ...development,
    EVENT_STORE: 'eventstoredb',
    EVENTSTOREDB_URL: standIn.url,
    MASTER_KEY: lived.masterKey,
  })
  expect(copied).toMatchObject({ code: 0 })
  const startNode = (name: string) =>
    startGatebook({
      dataDir: join(folder, name),
      env: { ...development, EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: standIn.url, MASTER_KEY: lived.masterKey },
    })
  const nodes = [await startNode('one'), await startNode('two')]
  for (const { baseUrl } of nodes) {
    const app = overHttp(baseUrl)
    await ready(app)
    for (const { email, password, token, revoked } of lived.knownPeople) {
      expect((await app.get('/session', token)).status).toBe(200)
      expect((await app.get('/session', revoked)).status).toBe(401)
      expect((await app.logIn({ email, password })).token).toBeTypeOf('string')
      expect((await app.post('/login', { email, password: 'not at all what it is', transport: 'bearer' })).status).toBe(401)
    }
  }
  for (const node of nodes) await node.stop()
  standIn.kill()
  lived.remove()
  rmSync(folder, { recursive: true, force: true })
})
