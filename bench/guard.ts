import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import autocannon from 'autocannon'
import { type Contestant, own, register } from './support/contestant.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

type Running = Required<Contestant> & { readonly cpu: () => Promise<number>; readonly stop: () => void }

/** A server of the bench in a process of its own, so that the load does not run on its thread. */
const start = async (kind: string): Promise<Running> => {
  const child = fork(fileURLToPath(new URL('./support/guarded-server.ts', import.meta.url)), [kind])
  const answer = async () => (await once(child, 'message'))[0]
  const contestant = (await answer()) as Contestant
  const cpu = async () => {
    const answered = answer()
    child.send('cpu')
    return (await answered) as number
  }
  return { url: contestant.url, tokens: contestant.tokens ?? (await register(contestant.url)), cpu, stop: () => child.disconnect() }
}

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

/**
 * Requests a second, and CPU time of the server's process a request, turn by turn in one run. `plugin` (an app of one's own with Gatebook in it and our
 * guard before a route), `unguarded` (a free route of that same app) and `map` (a guard without Gatebook) are set against the same route without a guard; `server` (the service's own `/secure/user`) against a bare
 * route of the same path and answer. `ratio` is by requests a second and needs a quiet machine, `cpuRatio` by CPU time.
 */
export const benchGuard = async (rounds = 9, seconds = 4) => {
  const names = ['bare', 'map', 'guarded', 'server'] as const
  const started = await Promise.all(names.map(start))
  const [bare, map, guarded, server] = started as [Running, Running, Running, Running]
  try {
    const contestants = {
      bare: () => turn(bare, '/', seconds),
      map: () => turn(map, '/', seconds),
      guarded: () => turn(guarded, '/', seconds),
      unguarded: () => turn(guarded, '/unguarded', seconds),
      bareOwn: () => turn(bare, own, seconds),
      server: () => turn(server, own, seconds),
    }
    for (const warmUp of Object.values(contestants)) await warmUp()
    const turns = await turnByTurn(rounds, contestants)
    const figure = (of: readonly Turn[], to: readonly Turn[]): GuardFigure => ({
      perSecond: median(of.map(({ perSecond }) => perSecond)),
      cpu: median(of.map(({ cpu }) => cpu)),
      ratio: medianRatio(
        of.map(({ perSecond }) => perSecond),
        to.map(({ perSecond }) => perSecond),
      ),
      cpuRatio: medianRatio(
        to.map(({ cpu }) => cpu),
        of.map(({ cpu }) => cpu),
      ),
    })
    return {
      bare: figure(turns.bare, turns.bare),
      map: figure(turns.map, turns.bare),
      plugin: figure(turns.guarded, turns.bare),
      unguarded: figure(turns.unguarded, turns.bare),
      pluginToUnguarded: figure(turns.guarded, turns.unguarded),
      bareOwn: figure(turns.bareOwn, turns.bareOwn),
      server: figure(turns.server, turns.bareOwn),
    }
  } finally {
    for (const { stop } of started) stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const figures = await benchGuard(Number(process.env.BENCH_ROUNDS ?? 9), Number(process.env.BENCH_SECONDS ?? 4))
  for (const [name, { perSecond, cpu, ratio, cpuRatio }] of Object.entries(figures)) {
    console.log(
      `${name.padEnd(17)} ${perSecond.toFixed(0)}/s, ${cpu.toFixed(2)} µs CPU each; ratio ${ratio.toFixed(3)}, by CPU ${cpuRatio.toFixed(3)}`,
    )
  }
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
}
