import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackup } from '../../../infrastructure/event-store/sqlite/backup/write-backup.ts'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { runCommand, startCommand } from '../../support/run-command.ts'
import { person } from '../../support/server/client.ts'
import { failed, mailTo, secondFactorIn, ticketIn } from '../../support/server/second-factor.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-restore-'))
const place = (name: string) => join(folder, name)
const masterKey = `${'A'.repeat(43)}=`
const env = { MASTER_KEY: masterKey }

const restore = (dataDir: string, file = place('backup'), more = {}) =>
  runCommand(['restore', file, '--data-dir', dataDir, '--json'], { ...env, ...more })

/** What people had when the backup was made, and what they did with it afterwards. */
const history = async (app: InProcess) => {
  const { somebody, codeOf, challengeOf, logInWith } = secondFactorIn(app)
  const root = await app.setUp(setupToken)
  const ada = await somebody('ada@example.org')
  const bob = await app.register({ email: 'bob@example.org' })
  const [kept, loggedOut] = [await app.logIn({ email: 'bob@example.org' }), await app.logIn({ email: 'bob@example.org' })]
  await app.post('/password/reset', { email: 'bob@example.org' })
  const link = ticketIn(await mailTo(app.dataDir, 'bob@example.org', /./))
  const gone = await app.register({ email: 'gone@example.org' })
  await app.del(`/admin/accounts/${gone.accountId}`, await app.elevated(root.token))
  const challenge = await challengeOf('ada@example.org')
  const backup = await writeBackup({ log: join(app.dataDir, 'gatebook.db'), file: place('backup') })
  if (isLeft(backup)) throw new Error(backup.left.detail)
  await app.post('/logout', undefined, loggedOut.token)
  const [recoveryCode = '', unusedCode = ''] = ada.recoveryCodes
  await logInWith('ada@example.org', recoveryCode)
  app.advance(60_000)
  const usedCode = codeOf(ada.secret)
  await logInWith('ada@example.org', usedCode)
  const fresh = await app.register({ email: 'later@example.org' })
  return { ada, bob, kept, loggedOut, link, challenge, recoveryCode, unusedCode, fresh, gone }
}

let known: Awaited<ReturnType<typeof history>>

beforeAll(async () => {
  mkdirSync(place('origin'))
  const app = await startTestServer({ dataDir: place('origin'), env })
  known = await history(app)
  await app.stop()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a backup of the first schema, whose events have no session, is restored and brought up to date', async () => {
  copyFileSync(place('backup'), place('older'))
  const older = new Database(place('older'))
  older.exec('ALTER TABLE event DROP COLUMN session_id; PRAGMA user_version = 1')
  older.close()
  expect(await restore(place('from-older'), place('older'))).toMatchObject({ code: 0 })
  const app = await startTestServer({ dataDir: place('from-older'), env })
  const { token } = await app.logIn({ email: 'bob@example.org' })
  expect((await app.get('/audit/me?limit=100', token)).body.entries.length).toBeGreaterThan(5)
  await app.stop()
  const db = new Database(join(place('from-older'), 'gatebook.db'), { readonly: true })
  expect(db.pragma('user_version', { simple: true })).toBe(2)
  db.close()
})

describe('after a restore', () => {
  let app: InProcess
  let said: { stdout: string; code: number | null }
  const answer = (code: string, challenge: string) => app.post('/login/otp', { challenge, code, transport: 'bearer' })

  beforeAll(async () => {
    said = await restore(place('restored'))
    app = await startTestServer({ dataDir: place('restored'), env })
  })
  afterAll(() => app.stop())

  test('it says what was restored', () => {
    expect(said).toMatchObject({ code: 0 })
    expect(JSON.parse(said.stdout)).toMatchObject({ dataDir: place('restored'), accounts: 3, recordedAt: expect.stringMatching(/^20/) })
    expect(existsSync(place('restored/gatebook.db.restoring'))).toBe(false)
  })

  test('no session of before counts, whether it ended since or not, nor does a token that keeps one alive', async () => {
    const { kept, loggedOut, bob, fresh } = known
    for (const { token } of [kept, loggedOut, bob, fresh]) expect((await app.get('/session', token)).status).toBe(401)
    for (const { refreshToken } of [kept, bob]) expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
  })

  test('no mailed link and no login in progress counts', async () => {
    const { link, challenge, ada } = known
    const newPassword = 'another long passphrase'
    expect((await app.post('/password/reset/confirm', { token: link, newPassword })).status).toBe(401)
    expect(await answer(codeAt(ada.secret, stepAt(Date.now() as never) + 20), challenge)).toMatchObject(failed)
  })

  test('no recovery code counts, used or not', async () => {
    const { challengeOf } = secondFactorIn(app)
    for (const code of [known.recoveryCode, known.unusedCode]) {
      expect(await answer(code, await challengeOf('ada@example.org'))).toMatchObject(failed)
    }
  })

  test('a code of the authenticator counts only from the steps after the restore, and makes new recovery codes', async () => {
    const { challengeOf, codeOf, freshCode } = secondFactorIn(app)
    expect(await answer(codeOf(known.ada.secret), await challengeOf('ada@example.org'))).toMatchObject(failed)
    app.advance(180_000)
    const { status, body } = await answer(codeOf(known.ada.secret), await challengeOf('ada@example.org'))
    expect(status).toBe(200)
    expect((await app.get('/totp', body.token)).body).toMatchObject({ enrolled: true, recoveryCodesLeft: 0 })
    const made = await app.post('/totp/recovery-codes', { code: freshCode(known.ada.secret) }, body.token)
    expect(made.status).toBe(200)
    expect((await answer(made.body.recoveryCodes[0], await challengeOf('ada@example.org'))).status).toBe(200)
  })

  test('passwords are those of the backup, and who came later is unknown', async () => {
    expect((await app.post('/login', { ...person, email: 'bob@example.org', transport: 'bearer' })).status).toBe(200)
    expect((await app.post('/login', { ...person, email: 'later@example.org', transport: 'bearer' })).status).toBe(401)
    expect((await app.post('/login', { ...person, email: 'gone@example.org', transport: 'bearer' })).status).toBe(401)
  })

  test('the log says so', async () => {
    const { stdout } = await runCommand(['replay', '--stream', 'restoration-all'], { DATA_DIR: place('restored') })
    expect(stdout).toMatch(/Log restored from a backup of 20.*\(by system:restore\)\n$/)
  })
})

test('the folder that ext4 has at the root of a volume is no content', async () => {
  mkdirSync(place('volume/lost+found'), { recursive: true })
  expect(await restore(place('volume'))).toMatchObject({ code: 0 })
})

describe('a restore is refused, and leaves no log,', () => {
  const refused = async (dataDir: string, code: number, said: string, file?: string, more = {}) => {
    expect(await restore(dataDir, file, more)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) })
    if (existsSync(dataDir)) expect(readdirSync(dataDir).filter((name) => name.startsWith('gatebook.db'))).toEqual([])
  }

  test('without a master key, and with another one', async () => {
    await refused(place('no-key'), 3, 'master.key', undefined, { MASTER_KEY: '' })
    await refused(place('wrong-key'), 3, 'master key', undefined, { MASTER_KEY: `${'B'.repeat(42)}A=` })
  })

  test('into a directory that holds something', async () => {
    mkdirSync(place('used'))
    writeFileSync(place('used/notes'), 'mine')
    await refused(place('used'), 3, 'holds "notes"')
    expect(readdirSync(place('used'))).toEqual(['notes'])
  })

  test('of what is no backup', async () => {
    writeFileSync(place('text'), 'a'.repeat(100_000))
    await refused(place('from-text'), 3, 'Nothing was restored: the file is not a backup, or it is damaged\n', place('text'))
    await refused(place('from-folder'), 3, 'Nothing was restored: the file is not a backup, or it is damaged\n', folder)
    await refused(place('from-nothing'), 1, 'Nothing was restored: the file of the backup does not exist\n', place('nowhere'))
    copyFileSync(place('backup'), place('live'))
    writeFileSync(place('live-wal'), 'frames')
    await refused(place('from-live'), 3, 'write-ahead log', place('live'))
  })

  test('of a newer version', async () => {
    copyFileSync(place('backup'), place('newer'))
    const db = new Database(place('newer'))
    db.pragma('user_version = 99')
    db.close()
    await refused(place('from-newer'), 3, 'Nothing was restored: the backup is of a newer version of Gatebook\n', place('newer'))
  })

  // Root may not create a folder there either.
  test('where this user may not write', async () => {
    await refused('/sys/gatebook', 1, 'Nothing was restored: the data directory cannot be written by this user\n')
  })

  test('where a server runs', async () => {
    const app = await startTestServer({ dataDir: place('running'), env })
    expect(await restore(place('running'))).toMatchObject({ code: 3, stderr: expect.stringContaining('the data directory holds') })
    expect((await app.register({ email: 'new@example.org' })).accountId).toEqual(expect.any(String))
    await app.stop()
  })
})

test('kill -9 leaves nothing that a server starts on, and the next run finishes', async () => {
  const dataDir = place('killed')
  for (const step of ['copying and verifying', 'ending sessions', 'restore: verifying']) {
    const { child, ended } = startCommand(['restore', place('backup'), '--data-dir', dataDir], env)
    let said = ''
    child.stderr.on('data', (part: Buffer) => {
      said += part
      if (said.includes(step)) child.kill('SIGKILL')
    })
    await ended
    const names = existsSync(dataDir) ? readdirSync(dataDir) : []
    if (names.includes('gatebook.db') || !names.includes('gatebook.db.restoring')) continue
    const started = await startTestServer({ dataDir, env }).catch((error) => error.failure)
    expect(started).toMatchObject({ type: 'missing', detail: expect.stringContaining('not finished') })
  }
  // The last kill may have come too late.
  if (!existsSync(join(dataDir, 'gatebook.db'))) expect(await restore(dataDir)).toMatchObject({ code: 0 })
  expect(readdirSync(dataDir).filter((name) => name.includes('restoring'))).toEqual([])
  const app = await startTestServer({ dataDir, env })
  expect((await app.post('/login', { ...person, email: 'bob@example.org', transport: 'bearer' })).status).toBe(200)
  expect((await app.get('/session', known.kept.token)).status).toBe(401)
  await app.stop()
}, 300_000)

test('of two at once one wins', async () => {
  const both = await Promise.all([restore(place('race')), restore(place('race'))])
  expect(both.filter(({ code }) => code === 0)).toHaveLength(1)
  const app = await startTestServer({ dataDir: place('race'), env })
  expect((await app.get('/session', known.kept.token)).status).toBe(401)
  await app.stop()
})
