import { loadavg } from 'node:os'
import { pathToFileURL } from 'node:url'
import autocannon from 'autocannon'
import { own } from './support/contestant.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'
import { type Running, startContestant } from './support/start-contestant.ts'

/** What one contestant did in one round: `perSecond` by the wall, `cpu` in microseconds of its process a request. */
type Turn = { readonly perSecond: number; readonly cpu: number }

const turn = async ({ url, tokens, cpu }: Running, path: string, duration: number): Promise<Turn> => {
  const requests = tokens.map((token) => ({ method: 'GET' as const, path, headers: { authorization: `Bearer ${token}` } }))
  const before = await cpu()
  const { requests: sent, non2xx, errors } = await autocannon({ url, connections: 32, pipelining: 1, duration, requests })
  if (non2xx + errors > 0) throw new Error(`${non2xx} answers were not 200, ${errors} errors`)
  return { perSecond: sent.average, cpu: ((await cpu()) - before) / sent.total }
}

export type GuardFigure = { readonly perSecond: number; readonly cpu: number; readonly ratio: number; readonly cpuRatio: number }

const names = ['bare', 'map', 'guarded', 'unguarded', 'bareOwn', 'server'] as const
type Name = (typeof names)[number]

/** A few rounds with processes of their own, compiled code warm. */
const generation = async (rounds: number, seconds: number) => {
  const started = await Promise.all(['bare', 'bare', 'map', 'guarded', 'server'].map(startContestant))
  const [bare, bareOwn, map, guarded, server] = started as [Running, Running, Running, Running, Running]
  try {
    const contestants: Readonly<Record<Name, () => Promise<Turn>>> = {
      bare: () => turn(bare, '/', seconds),
      map: () => turn(map, '/', seconds),
      guarded: () => turn(guarded, '/', seconds),
      unguarded: () => turn(guarded, '/unguarded', seconds),
      bareOwn: () => turn(bareOwn, own, seconds),
      server: () => turn(server, own, seconds),
    }
    for (const warmUp of Object.values(contestants)) await warmUp()
    return await turnByTurn(rounds, contestants)
  } finally {
    for (const { stop } of started) stop()
  }
}

const figure = (of: readonly Turn[], to: readonly Turn[]): GuardFigure => {
  const each = (turns: readonly Turn[], key: keyof Turn) => turns.map((turn) => turn[key])
  return {
    perSecond: median(each(of, 'perSecond')),
    cpu: median(each(of, 'cpu')),
    ratio: medianRatio(each(of, 'perSecond'), each(to, 'perSecond')),
    cpuRatio: medianRatio(each(to, 'cpu'), each(of, 'cpu')),
  }
}

/**
 * Requests a second, and CPU time of the server's process a request, turn by turn in one run. `plugin` (an app of one's own with Gatebook in it and our
 * guard before a route), `unguarded` (a free route of that same app) and `map` (a guard without Gatebook) are set against the same route without a guard; `server` (the service's own `/secure/user`) against a bare
 * route of the same path and answer. `ratio` is by requests a second and needs a quiet machine, `cpuRatio` by CPU time.
 *
 * Two processes of the very same server differ by a tenth and more for as long as they live, so each few rounds have new ones.
 */
export async function benchGuard(generations = 7, rounds = 2, seconds = 3) {
  const turns: Record<Name, Turn[]> = { bare: [], map: [], guarded: [], unguarded: [], bareOwn: [], server: [] }
  for (let number = 0; number < generations; number++) {
    const played = await generation(rounds, seconds)
    for (const name of names) turns[name].push(...played[name])
  }
  return {
    bare: figure(turns.bare, turns.bare),
    map: figure(turns.map, turns.bare),
    plugin: figure(turns.guarded, turns.bare),
    unguarded: figure(turns.unguarded, turns.bare),
    pluginToUnguarded: figure(turns.guarded, turns.unguarded),
    bareOwn: figure(turns.bareOwn, turns.bareOwn),
    server: figure(turns.server, turns.bareOwn),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const figures = await benchGuard(Number(process.env.BENCH_ROUNDS ?? 7), 2, Number(process.env.BENCH_SECONDS ?? 3))
  for (const [name, { perSecond, cpu, ratio, cpuRatio }] of Object.entries(figures)) {
    console.log(
      `${name.padEnd(17)} ${perSecond.toFixed(0)}/s, ${cpu.toFixed(2)} µs CPU each; ratio ${ratio.toFixed(3)}, by CPU ${cpuRatio.toFixed(3)}`,
    )
  }
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
}
