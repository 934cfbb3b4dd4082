import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { type Ledger, newLedger } from '../../attack/support/ledger.ts'
import type { Random } from '../../support/random.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { isAnsweredEverywhere, isRecordedOnce, startLoad } from '../support/load.ts'
import { openLogReader } from '../support/log-reader.ts'
import { haveReached, startNodes } from '../support/nodes.ts'
import { equalsARefold } from '../support/refold.ts'
import { roundsOr } from '../support/rounds.ts'
import { startStoreServer } from '../support/store-server.ts'

const rounds = roundsOr(3)
const workers = 3

const store = await startStoreServer()
const env = { LOGIN_LOCKOUT_SECONDS: '86400', LOGIN_LOCKOUT_MAX_SECONDS: '86400' }
const nodes = await startNodes(store, 3, env)
const logReader = await openLogReader(store.url)
const ledgers: Ledger[] = []
afterAll(async () => {
  await nodes.stop()
  nodes.remove()
  await logReader.close()
  await store.stop()
})

const ledgerOfRound = () => {
  const ledger = newLedger()
  ledgers.push(ledger)
  return ledger
}

/** Waits until there are sessions to lose. */
const untilUnderLoad = async (random: Random, ledger: Ledger, beyond = 0) => {
  while (ledger.sessions.size < beyond + 3 * workers) await pause(5)
  await pause(random.below(300))
}

const holdsEverywhere = async (ledger: Ledger) => {
  await haveReached(nodes.all, await logReader.head())
  await isAnsweredEverywhere(nodes.all, ledger)
}

const tell = (what: string, of: readonly Ledger[]) => {
  const sessions = of.flatMap((ledger) => [...ledger.sessions.values()])
  const told = {
    accounts: of.reduce((sum, { accounts }) => sum + accounts.length, 0),
    sessions: sessions.length,
    refreshes: sessions.reduce((sum, { refreshes }) => sum + refreshes, 0),
    revoked: sessions.filter(({ revoked }) => revoked).length,
    locked: of.reduce((sum, { locked }) => sum + locked.size, 0),
  }
  const underWay = of.reduce((sum, { interrupted }) => sum + interrupted, 0)
  process.stderr.write(`${what}, ${rounds} rounds: acknowledged ${JSON.stringify(told)}; ${underWay} calls were under way\n`)
  for (const [kind, count] of Object.entries(told)) expect(count, kind).toBeGreaterThan(0)
  return underWay
}

/** A life ends with a lock: everything else has happened before it. */
const untilOneOfEverything = async (ledger: Ledger) => {
  while (ledger.locked.size === 0) await pause(5)
}

describe(`kill -9 at a random moment under load on three nodes, ${rounds} times each`, () => {
  test('of a node: what was acknowledged is so on the others and on the node that comes back', async () => {
    const random = seededRandom()
    const before = ledgers.length
    for (let round = 0; round < rounds; round++) {
      const ledger = ledgerOfRound()
      const stop = startLoad(nodes.all, workers, ledger, `node-${randomUUID()}`)
      if (round === 0) await untilOneOfEverything(ledger)
      await untilUnderLoad(random, ledger)
      await nodes.kill(round)
      await untilUnderLoad(random, ledger, ledger.sessions.size)
      equalsARefold(nodes.at(round).dataDir, await logReader.since(0))
      await stop()
      await nodes.restart(round)
      await holdsEverywhere(ledger)
    }
    expect(tell('kill -9 of a node', ledgers.slice(before))).toBeGreaterThan(0)
  }, 3_600_000)

  test(`of the store (${store.killedBy}): what was acknowledged is there when it comes back, once`, async () => {
    const random = seededRandom()
    const before = ledgers.length
    for (let round = 0; round < rounds; round++) {
      const ledger = ledgerOfRound()
      const stop = startLoad(nodes.all, workers, ledger, `store-${randomUUID()}`)
      if (round === 0) await untilOneOfEverything(ledger)
      await untilUnderLoad(random, ledger)
      await store.goAway()
      await pause(random.below(500))
      await store.comeBack()
      await untilUnderLoad(random, ledger, ledger.sessions.size)
      await stop()
      await holdsEverywhere(ledger)
    }
    // The count may be 0: the nodes wait for a store that comes back in time.
    tell('kill -9 of the store', ledgers.slice(before))
  }, 3_600_000)

  test('leaves each event in the log once, and on every node what folding the log anew makes of it', async () => {
    // A node may record events when it stops. After that the log does not grow.
    await nodes.stop()
    for (const number of nodes.all.keys()) await nodes.restart(number)
    const log = await logReader.since(0)
    await haveReached(nodes.all, await logReader.head())
    for (const number of nodes.all.keys()) await nodes.kill(number)

    for (const ledger of ledgers) isRecordedOnce(log, ledger)
    const kept = nodes.all.map(({ dataDir }) => equalsARefold(dataDir, log))
    expect(kept.map(({ events }) => events)).toEqual(Array(3).fill(log.filter(({ stream }) => !isKeyStream(stream)).length))
    for (const { models } of kept) expect(models).toEqual(kept[0]?.models)
    process.stderr.write(`three nodes hold the same read models of ${kept[0]?.events} events\n`)
  })
})
