import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { isKeyStream } from '../../domain/kernel/streams.ts'
import { schema } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { rotateMasterKey } from '../../infrastructure/sealing/rotation/rotate-master-key.ts'
import { openProjector } from '../../projections/engine/projector.ts'
import { clusterAt, sourceAt, sqliteAt, withoutPlace } from '../infrastructure/event-store/copy/copies.ts'
import { openStore } from '../infrastructure/event-store/eventstoredb/eventstoredb-for-test.ts'
import { contents } from '../projections/support/contents.ts'
import { createLog, type Log } from '../support/event-store-stand-in/log.ts'
import { type StandIn, startStandIn } from '../support/event-store-stand-in/stand-in.ts'
import { runCommand, startCommand } from '../support/run-command.ts'
import { everyEvent, recordedLog } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'
import { succeed } from '../support/test-app/outcomes.ts'
import { usedDataDir } from '../support/used-data-dir.ts'

const env = { NODE_ENV: 'development' }

/** How much of the log has arrived when the copy is killed. `COPY_KILLS=20` for the long run. */
const kills = Number(process.env.COPY_KILLS ?? 4)
const shares = Array.from({ length: kills }, (_, index) => index / kills)

/** The read models of these events with new positions: copies differ in positions only. */
const readModelsOf = (events: readonly RecordedEvent[]) => {
  const db = new Database(':memory:')
  db.exec(schema)
  openProjector(db, localLog(db)).apply(events.map((event, index) => ({ ...event, position: index + 1 })))
  const rows = contents(db)
  db.close()
  return rows
}

const eventsAt = async (place: Parameters<typeof sourceAt>[0]) => {
  const log = await sourceAt(place)
  const found = { events: await everyEvent(log), deleted: await succeed(log.deletedKeyStreams()) }
  await log.close()
  return found
}

describe('gatebook copy', () => {
  let lived: Awaited<ReturnType<typeof usedDataDir>>
  let original: Awaited<ReturnType<typeof eventsAt>>
  let log: Log
  let standIn: StandIn
  let folder: string
  beforeAll(async () => {
    lived = await usedDataDir()
    original = await eventsAt(sqliteAt(lived.dataDir))
    folder = mkdtempSync(join(tmpdir(), 'gatebook-copy-test-'))
    log = createLog()
    standIn = await startStandIn({ log })
  })
  afterAll(() => {
    standIn.kill()
    lived.remove()
    rmSync(folder, { recursive: true, force: true })
  })
  const copyArgs = (to = standIn.url, from = `sqlite:${lived.dataDir}`) => ['copy', '--from', from, '--to', to]

  const expectWhole = (copy: Awaited<ReturnType<typeof eventsAt>>) => {
    expect(copy.events.map(withoutPlace)).toEqual(original.events.map(withoutPlace))
    expect(copy.deleted.toSorted()).toEqual(original.deleted.toSorted())
    expect(readModelsOf(copy.events)).toEqual(readModelsOf(original.events))
  }

  test('has a log to copy in which key streams begin late and names are dead', () => {
    expect(original.events.length).toBeGreaterThan(80)
    expect(original.deleted).toHaveLength(4)
    const keys = original.events.filter(({ stream }) => isKeyStream(stream))
    expect(keys.filter(({ revision }) => revision > 0).length).toBeGreaterThan(2)
    expect(original.events.at(-1)?.position).toBeGreaterThan(original.events.length)
  })

  test('is killed again and again, goes on each time, and comes to the whole log', async () => {
    const before = log.all.length
    for (const share of shares) {
      const { child, ended } = startCommand(copyArgs(), env)
      const stop = log.listen(() => {
        if (log.all.length - before > share * original.events.length) child.kill('SIGKILL')
      })
      expect(await ended).toMatchObject({ signal: 'SIGKILL' })
      stop()
    }
    const ended = await runCommand(copyArgs(), env)
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.stdout).toContain(`The target is a copy: ${original.events.length} events`)
    expect(ended.stdout).toContain('The master key is not copied')
    expectWhole(await eventsAt(clusterAt(standIn.url)))
  })

  test('says of a whole copy that it is one, and writes nothing', async () => {
    const before = log.all.length
    expect(await runCommand([...copyArgs(), '--verify-only'], env)).toMatchObject({
      code: 0,
      stdout: `The target is a copy: ${original.events.length} events, each compared. Nothing was written.\n`,
    })
    expect(await runCommand(copyArgs(), env)).toMatchObject({ code: 0, stdout: expect.stringContaining(' 0 of them were copied now') })
    expect(log.all).toHaveLength(before)
  })

  test('brings the log back into a file, where the same passwords and sessions open it', async () => {
    const dataDir = join(folder, 'back')
    expect(await runCommand(copyArgs(`sqlite:${dataDir}`, standIn.url), env)).toMatchObject({ code: 0 })
    expectWhole(await eventsAt(sqliteAt(dataDir)))
    const app = await startTestServer({ dataDir, env: { MASTER_KEY: lived.masterKey } })
    for (const { email, password, token, revoked } of lived.knownPeople) {
      expect((await app.get('/session', token)).status).toBe(200)
      expect((await app.get('/session', revoked)).status).toBe(401)
      expect((await app.logIn({ email, password })).token).toBeTypeOf('string')
    }
    await app.stop()
    expect((await recordedLog(dataDir)).length).toBeGreaterThan(original.events.length)
  })

  test('leaves keys that can be put under another master key', async () => {
    const store = await openStore(standIn.url)
    const [from, to] = [Buffer.from(lived.masterKey, 'base64'), Buffer.alloc(32, 7)]
    const rotated = await succeed(rotateMasterKey({ store, newId, now: () => instant(Date.now()), from, to }))
    expect(rotated).toBeGreaterThan(3)
    await store.close()
    expect(await runCommand([...copyArgs(), '--verify-only'], env)).toMatchObject({ code: 3 })
  })

  test('does not begin while a server runs on the source', async () => {
    const app = await startTestServer({ dataDir: lived.dataDir, env: { MASTER_KEY: lived.masterKey } })
    const ended = await runCommand(copyArgs(), env)
    await app.stop()
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain('--from: cannot open the store: another Gatebook process uses this data directory')
  })

  test('tells a copy that is not whole from one', async () => {
    const empty = await startStandIn()
    expect(await runCommand([...copyArgs(empty.url), '--verify-only'], env)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('The target is incomplete: it holds only the first 0 events of the source'),
    })
    empty.kill()
  })

  test('ends with a constant sentence, in which nothing of a connection string is shown', async () => {
    const unknownStore = await runCommand(['copy', '--from', 'postgres://root:s3cret@host', '--to', 'esdb:'], env)
    expect(unknownStore).toMatchObject({ code: 2, stderr: '--from: expected sqlite:PATH, sqlite:, esdb://… or esdb:\n' })
    const noOption = await runCommand(['copy', '--to', 'esdb:'], env)
    expect(noOption).toMatchObject({ code: 2, stderr: expect.stringContaining("required option '--from <store>' not specified") })
    const unreachable = await runCommand(copyArgs('esdb://admin:s3cret-pass@127.0.0.1:1?s3cret=1'), { NODE_ENV: 'production' })
    expect(unreachable).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('--to: cannot open the store: the connection string'),
    })
    for (const { stdout, stderr } of [unknownStore, noOption, unreachable]) expect(`${stdout}${stderr}`).not.toContain('s3cret')
  })
})
