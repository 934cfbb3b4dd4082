import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant } from '../../domain/kernel/instant.ts'
import { openExistingLog } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { rotateMasterKey } from '../../infrastructure/sealing/rotation/rotate-master-key.ts'
import { person } from './server/client.ts'
import { type InProcess, setupToken, startTestServer } from './server/start-test-server.ts'
import { succeed } from './test-app/outcomes.ts'

/** What a person knows: a copy of the log must accept and refuse the same. `revoked` is the token of a session that ended. */
export type KnownPerson = { readonly email: string; readonly password: string; readonly token: string; readonly revoked: string }

const aDay = async (app: InProcess, root: string, day: number): Promise<KnownPerson> => {
  const email = `ada${day}@example.org`
  const erased = await app.register({ email: `gone${day}@example.org` })
  const ada = await app.register({ email })
  for (let guess = 0; guess < 3; guess++) await app.post('/login', { email, password: `a wrong guess ${guess}`, transport: 'bearer' })
  const revoked = await app.logIn({ email })
  await app.post('/logout/everywhere', undefined, revoked.token)
  const { token } = await app.logIn({ email })
  await app.send({ method: 'PUT', path: `/admin/accounts/${ada.accountId}/roles/editor`, token: root })
  await app.del(`/admin/accounts/${erased.accountId}`, root)
  return { email, password: person.password, token, revoked: revoked.token }
}

const newKey = () => randomBytes(32).toString('base64')

/**
 * A stopped data directory with accounts, logins, failed logins, logouts and erasures. The master key was rotated halfway, so that some key
 * streams begin above revision 0.
 */
export const usedDataDir = async ({ people = 2 }: { readonly people?: number } = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-lived-in-'))
  const [oldKey, masterKey] = [newKey(), newKey()]
  const knownPeople: KnownPerson[] = []
  let root = ''
  for (const [day, MASTER_KEY] of [oldKey, masterKey].entries()) {
    const app = await startTestServer({ dataDir, env: { MASTER_KEY } })
    if (day === 0) root = (await app.setUp(setupToken)).token
    const elevated = await app.elevated(root)
    root = elevated
    for (let n = 0; n < people; n++) knownPeople.push(await aDay(app, elevated, day * people + n))
    await app.stop()
    if (day === 0) await rotate(dataDir, oldKey, masterKey)
  }
  return { dataDir, masterKey, knownPeople, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

const rotate = async (dataDir: string, from: string, to: string) => {
  const store = await succeed(openExistingLog(dataDir))
  const keys = { from: Buffer.from(from, 'base64'), to: Buffer.from(to, 'base64') }
  await succeed(rotateMasterKey({ store, newId, now: () => instant(Date.now()), ...keys }))
  await store.close()
}
