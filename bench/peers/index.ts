import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type Measured, measured } from '../support/log-ins.ts'
import { median, medianRatio, turnByTurn } from '../support/rounds.ts'
import { type Peer, startBetterAuthPeer, startGatebookPeer } from './peer.ts'

const accounts = 200
const inFlight = [2, 6, 32]

/** New servers for each; in each, two turns of either at every number of logins in flight. */
const pairs = Number(process.env.BENCH_PAIRS ?? 4)
const seconds = Number(process.env.BENCH_SECONDS ?? 4)

/** Seconds, so that what is measured is compiled code. */
const warmUp = Number(process.env.BENCH_WARM_UP ?? 10)

const folder = fileURLToPath(new URL('.', import.meta.url))

/** `times`: milliseconds that each request for a session took meanwhile. */
type Turn = Measured & { readonly times: readonly number[] }
type Turns = Readonly<Record<'gatebook' | 'betterAuth', Turn[]>>

const turnsOf = (): Turns => ({ gatebook: [], betterAuth: [] })
const client = fork(`${folder}session-client.ts`)

const logInFor = async (time: number, callers: number, peer: Peer): Promise<Turn> => {
  let next = 0
  client.send(peer.check)
  const logIns = await measured(time, callers, () => peer.logIn(next++ % accounts), peer.cpu)
  const reported = once(client, 'message')
  client.send('stop')
  const [times] = (await reported) as [number[]]
  return { ...logIns, times }
}

const prepare = async (peer: Peer) => {
  for (let account = 0; account < accounts; account += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, more) => peer.register(account + more)))
  }
  await logInFor(warmUp, 6, peer)
}

const playPair = async (results: ReadonlyMap<number, Turns>) => {
  const gatebook = await startGatebookPeer()
  const betterAuth = await startBetterAuthPeer()
  try {
    await prepare(gatebook)
    await prepare(betterAuth)
    for (const [callers, turns] of results) {
      const played = await turnByTurn(2, {
        gatebook: () => logInFor(seconds, callers, gatebook),
        betterAuth: () => logInFor(seconds, callers, betterAuth),
      })
      turns.gatebook.push(...played.gatebook)
      turns.betterAuth.push(...played.betterAuth)
    }
  } finally {
    await Promise.all([gatebook.stop(), betterAuth.stop()])
  }
}

const percentile = (turns: readonly Turn[], share: number) => {
  const sorted = turns.flatMap(({ times }) => times).sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const figureOf = (turns: readonly Turn[]) => ({
  rate: median(turns.map(({ rate }) => rate)),
  cpu: median(turns.map(({ cpu }) => cpu)),
  p50: percentile(turns, 0.5),
  p99: percentile(turns, 0.99),
})

const rates = (turns: readonly Turn[]) => turns.map(({ rate }) => rate)

if (!existsSync(`${folder}node_modules/better-auth`)) execFileSync('npm', ['ci'], { cwd: folder, stdio: 'inherit' })
const results = new Map(inFlight.map((callers) => [callers, turnsOf()]))
const loadBefore = loadavg()[0] ?? Number.NaN
for (let pair = 0; pair < pairs; pair++) await playPair(results)
client.disconnect()

const figures = [...results].map(([callers, { gatebook, betterAuth }]) => ({
  inFlight: callers,
  ratio: medianRatio(rates(gatebook), rates(betterAuth)),
  ratios: rates(gatebook).map((rate, turn) => Number((rate / (betterAuth[turn]?.rate ?? Number.NaN)).toFixed(3))),
  gatebook: figureOf(gatebook),
  betterAuth: figureOf(betterAuth),
}))
const row = ({ rate, cpu, p50, p99 }: ReturnType<typeof figureOf>) =>
  [rate.toFixed(1), cpu.toFixed(1), p50.toFixed(1), p99.toFixed(1)].map((text) => text.padStart(7)).join('')
console.log(`${'in flight'.padEnd(12)}${'server'.padEnd(14)}  log-ins/s, CPU ms each, p50 and p99 of a session request (ms)`)
for (const { inFlight, ratio, gatebook, betterAuth } of figures) {
  console.log(`${String(inFlight).padEnd(12)}${'Gatebook'.padEnd(14)}${row(gatebook)}   ratio ${ratio.toFixed(3)}`)
  console.log(`${''.padEnd(12)}${'Better Auth'.padEnd(14)}${row(betterAuth)}`)
}
console.log(JSON.stringify({ loadBefore, figures }))
