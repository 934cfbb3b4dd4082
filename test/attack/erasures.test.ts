import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keyWrap } from '../../infrastructure/sealing/cipher/key-wrap.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { runCommand } from '../support/run-command.ts'
import { seededRandom } from '../support/seeded-random.ts'
import type { Json } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { mailsTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { origin } from '../support/server/start-test-server.ts'
import { eraseUnderKills } from './support/erasure/erase-under-kills.ts'
import { nobodyIsLeft } from './support/erasure/nobody-is-left.ts'
import { canary, canaryNetworks, type Kind, personNumber } from './support/erasure/person.ts'
import { filesBelow, foundIn, type Needle, needle, needleOfText, remainsBelow } from './support/erasure/remains.ts'
import { importPeople, registerWithProfiles, type Settled, settleIn } from './support/erasure/settle-in.ts'

/** `ERASURES=2000 KILL_ROUNDS=100` for the long run. */
const count = Number(process.env.ERASURES ?? 200)
const kills = Number(process.env.KILL_ROUNDS ?? 12)

const personal: readonly Needle[] = [
  needleOfText('a canary', canary),
  needleOfText('an IPv4 address', canaryNetworks.v4),
  needleOfText('an IPv6 address', canaryNetworks.v6),
]

/** As they are in the log, and as they are in memory. */
const dataKeysOf = async (dataDir: string, accounts: readonly string[]) => {
  const master = Buffer.from(readFileSync(join(dataDir, 'master.key'), 'utf8').trim(), 'base64')
  const log = new Map((await recordedLog(dataDir)).map((event) => [event.stream, event]))
  const keys = accounts.map((accountId) => {
    const { wrappedKey } = (log.get(`dataKey-${accountId}`)?.data ?? {}) as { readonly wrappedKey: string }
    const key = keyWrap(master).unwrap(accountId, wrappedKey)
    if (key === null) throw new Error('a data key does not open')
    return { accountId, key, wrapped: Buffer.from(wrappedKey, 'base64url') }
  })
  return {
    wrapped: new Map(keys.map(({ wrapped, accountId }) => [accountId, needle(`wrapped key of ${accountId}`, wrapped)])),
    open: keys.map(({ key, accountId }) => needle(`data key of ${accountId}`, key)),
  }
}

describe(`${count} erasures, with kill -9 in the middle ${kills} times`, () => {
  let folder: string
  let dataDir: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatebook-erasures-'))
    dataDir = join(folder, 'data')
    mkdirSync(dataDir, { mode: 0o700 })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const env = {
    TRUSTED_PROXIES: '127.0.0.1',
    PUBLIC_ORIGIN: origin,
    BLOB_RATE_PER_MINUTE: '0',
    SETUP_TOKEN: 'a-setup-token-for-tests',
    LOG_LEVEL: 'debug',
  }
  const start = () => startGatebook({ dataDir, env })
  const command = (...args: readonly string[]) => runCommand(args, { DATA_DIR: dataDir, ...env })

  /** People, an administrator and somebody who stays. */
  const populate = async () => {
    const people = Array.from({ length: count }, (_, number) => personNumber(number))
    const of = (...kinds: readonly Kind[]) => people.filter(({ kind }) => kinds.includes(kind))
    await registerWithProfiles(dataDir, of('with a profile'))
    const file = join(folder, 'people.ndjson')
    const hashes = await importPeople(dataDir, file, (lines) => writeFileSync(file, lines), of('imported', 'imported and logged in'))
    const server = await start()
    const app = overHttp(server.baseUrl)
    const admin = await app.elevated((await app.setUp(server.setupToken)).token)
    const bystander = { email: 'bystander@example.org', password: 'a passphrase that stays' }
    await app.register(bystander)
    const settled: Settled[] = []
    const waiting = [...people]
    const settling = async () => {
      for (let person = waiting.shift(); person !== undefined; person = waiting.shift())
        settled.push(await settleIn(person, { send: app.send, admin, hashes }))
    }
    await Promise.all([1, 2, 3, 4].map(settling))
    const links = people.flatMap(({ email }) => mailsTo(dataDir, email).map(ticketIn))
    await server.stop()
    return { settled, admin, bystander, links: links.filter((link) => link !== '') }
  }

  test('leave no byte of a person or key in any file, and the rest is whole', async () => {
    const random = seededRandom()
    const { settled, admin, bystander, links } = await populate()
    const accountIds = settled.map(({ accountId }) => accountId)
    const keys = await dataKeysOf(dataDir, accountIds)
    const secrets = settled.flatMap(({ secrets, number }) => secrets.map((secret) => needleOfText(`a secret of ${number}`, secret)))
    expect([secrets.length > count, links.length > count / 8]).toEqual([true, true])
    // The scan sees what there is to be seen.
    const before = remainsBelow(dataDir, [...personal, ...keys.wrapped.values()])
    expect(before.filter((found) => found.startsWith('gatebook.db'))).toHaveLength(count)
    expect(before.some((found) => found.startsWith('outbox/'))).toBe(true)

    // The next start must not be needed for what was acknowledged.
    const onKilled = (acknowledged: readonly Settled[]) =>
      expect(
        remainsBelow(
          dataDir,
          acknowledged.flatMap(({ accountId }) => keys.wrapped.get(accountId) ?? []),
        ),
      ).toEqual([])
    const { output, killed } = await eraseUnderKills(settled, kills, { start, admin, random, bystander, onKilled })
    expect(killed).toBe(kills)

    const server = await start()
    const app = overHttp(server.baseUrl)
    expect((await app.get('/metrics')).text).toContain('gatebook_erasures_owed 0\n')
    await nobodyIsLeft(settled, app.send, links)
    const elevated = await app.elevated((await app.logIn(bystander)).token, bystander.password)
    const held = mustBe(200, await app.get('/me/export', elevated))
    expect(held.account.email).toBe(bystander.email)
    const addresses = held.history.flatMap(({ address }: Json) => (address === undefined ? [] : [address]))
    expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']))
    writeFileSync(join(folder, 'checkpoint.txt'), (await command('checkpoint')).stdout)
    // Mails in the outbox are for development, and go after a day.
    await server.clock.advance({ days: 2 })
    await server.stop()

    const needles = [...personal, ...keys.wrapped.values(), ...keys.open, ...secrets]
    const besideMails = (found: readonly string[]) => found.filter((where) => !where.startsWith('outbox/'))
    expect(besideMails(remainsBelow(dataDir, needles))).toEqual([])
    expect(await command('verify', '--checkpoint', join(folder, 'checkpoint.txt'))).toMatchObject({ code: 0 })
    const replayed = await command('replay', '--json')
    expect([replayed.code, foundIn(Buffer.from(replayed.stdout), needles)]).toEqual([0, []])
    expect(await command('rebuild')).toMatchObject({ code: 0 })

    const later = await start()
    const again = overHttp(later.baseUrl)
    const root = await again.logIn({ email: 'root@example.org' })
    for (const accountId of accountIds) {
      const { status, email, roles } = mustBe(200, await again.get(`/admin/accounts/${accountId}`, root.token))
      expect({ status, email, roles }).toEqual({ status: 'erased', email: null, roles: [] })
    }
    await later.stop()
    expect(remainsBelow(dataDir, needles)).toEqual([])
    expect(filesBelow(join(dataDir, 'blobs'))).toEqual([])
    const said = [output, ...[server, later].flatMap((one) => Object.values(one.output()))].join('')
    expect(foundIn(Buffer.from(said), needles)).toEqual([])
    process.stderr.write(`${count} erasures, killed ${killed} times: ${needles.length} values looked for\n`)
  }, 3_600_000)
})
