import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { turnByTurn } from '../support/rounds.ts'
import { installSize } from './install-size.ts'
import { guardedRequests, logInLoad, type Ready, ready } from './load.ts'
import { type Peer, type PeerName, peerNames, startPeer } from './peer.ts'
import { inFlight, nothingPlayed, tableOf } from './table.ts'

/** New processes for each; in each, two turns of every peer for every figure. */
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const seconds = Number(process.env.BENCH_SECONDS ?? 4)

/** Seconds, so that what is measured is compiled code. */
const warmUp = Number(process.env.BENCH_WARM_UP ?? 10)

const say = (text: string) => process.stderr.write(`${text}\n`)
const folder = fileURLToPath(new URL('.', import.meta.url))
if (!existsSync(`${folder}node_modules/better-auth`)) execFileSync('npm', ['ci'], { cwd: folder, stdio: ['ignore', 2, 'inherit'] })

const results = nothingPlayed()
const { logIns, end } = logInLoad()

/** One after another, so that no start waits for another's. */
const startAll = async () => {
  const started: Partial<Record<PeerName, Peer>> = {}
  for (const name of peerNames) started[name] = await startPeer(name)
  return started as Record<PeerName, Peer>
}

const ofEach = <T>(make: (name: PeerName) => T) => Object.fromEntries(peerNames.map((name) => [name, make(name)])) as Record<PeerName, T>

const play = async (round: number) => {
  say(`round ${round + 1} of ${rounds}`)
  const running = await startAll()
  try {
    const prepared: Partial<Record<PeerName, Ready>> = {}
    for (const name of peerNames) {
      const peer = await ready(running[name])
      await logIns(peer, 6, warmUp)
      await guardedRequests(peer, Math.ceil(warmUp / 2))
      prepared[name] = peer
    }
    const peerOf = (name: PeerName) => prepared[name] as Ready
    const guarded = await turnByTurn(
      2,
      ofEach((name) => () => guardedRequests(peerOf(name), seconds)),
    )
    for (const name of peerNames) results[name].guarded.push(...guarded[name])
    for (const callers of inFlight) {
      const turns = await turnByTurn(
        2,
        ofEach((name) => () => logIns(peerOf(name), callers, seconds)),
      )
      for (const name of peerNames) results[name].logIns[callers].push(...turns[name])
    }
    for (const name of peerNames) {
      results[name].startMs.push(running[name].startMs)
      results[name].memory.push(running[name].memory())
    }
  } finally {
    await Promise.all(Object.values(running).map(({ stop }) => stop()))
  }
}

const loadBefore = loadavg()[0] ?? Number.NaN
for (let round = 0; round < rounds; round++) await play(round)
end()

const sizes = process.env.BENCH_INSTALL === 'false' ? {} : ofEach(installSize)
console.log(tableOf(results, sizes))
console.log(`\nload before ${loadBefore.toFixed(1)}`)
