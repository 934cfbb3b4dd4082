import { benchCluster } from './cluster.ts'
import { run as append } from './event-store/append.ts'
import { catchUpFigures } from './event-store/catch-up.ts'
import { copyFigures } from './event-store/copy.ts'
import { benchGuard, type GuardFigure } from './guard.ts'
import { benchHash } from './hash.ts'
import { benchLogIn, type LogInFigure } from './log-in.ts'
import { nodeCatchUpFigures } from './node-catch-up.ts'
import { lookupFigures } from './read-models/lookup.ts'
import { replayFigures } from './read-models/replay.ts'
import { benchStart } from './start.ts'

/** A line of the table: what was measured, what it is measured against in the same run, and what the ratio should be. */
type Line = {
  readonly figure: string
  readonly ours: string
  readonly reference: string
  readonly ratio: number | null
  readonly goal: string
}

/** Smaller sizes: fewer rounds, shorter rounds, a shorter log, fewer sessions. */
const size = (name: string) => (process.env[name] === undefined ? undefined : Number(process.env[name]))
const rounds = size('BENCH_ROUNDS')
const seconds = size('BENCH_SECONDS')

const rate = (perSecond: number, of: string) => `${perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond)} ${of}/s`

const say = (text: string) => process.stderr.write(`${text}\n`)

const appended = async (): Promise<readonly Line[]> =>
  (await append()).figures.map(({ inFlight, gatebook, plain, ratio }) => ({
    figure: `append, ${inFlight} in flight`,
    ours: rate(gatebook, 'events'),
    reference: `better-sqlite3, FULL: ${rate(plain, 'events')}`,
    ratio,
    goal: '>= 0.8',
  }))

const hashed = async (): Promise<readonly Line[]> => {
  const { bare, gatebook, ratio } = await benchHash(rounds)
  return [{ figure: 'password checked', ours: rate(gatebook, 'checks'), reference: `argon2: ${rate(bare, 'checks')}`, ratio, goal: '-' }]
}

/** By CPU time a request as well: the ratio by requests a second needs a quiet machine. */
const guarded = async (): Promise<readonly Line[]> => {
  const figures = await benchGuard(rounds, 2, seconds)
  const line = (figure: string, { perSecond, ratio, cpuRatio }: GuardFigure, to: GuardFigure, goal: string): Line => ({
    figure,
    ours: rate(perSecond, 'requests'),
    reference: `bare Fastify: ${rate(to.perSecond, 'requests')}; ratio by CPU ${cpuRatio.toFixed(2)}`,
    ratio,
    goal,
  })
  return [
    line('guarded request, embedded', figures.plugin, figures.bare, '>= 0.9'),
    line('guarded request, server', figures.server, figures.bareOwn, '>= 0.9'),
    line('bare hash-and-map guard', figures.map, figures.bare, '-'),
  ]
}

const loggedIn = async (): Promise<readonly Line[]> => {
  const { logIns, bare, argon2 } = await benchLogIn(rounds, seconds)
  const line = (figure: string, { rate: perSecond, ratio, cpuRatio }: LogInFigure, goal: string): Line => ({
    figure,
    ours: rate(perSecond, 'log-ins'),
    reference: `argon2: ${rate(argon2.rate, 'checks')}; ratio by CPU ${cpuRatio.toFixed(2)}`,
    ratio,
    goal,
  })
  return [line('log-in over HTTP', logIns, '>= 0.95'), line('bare Fastify that checks a password and records nothing', bare, '-')]
}

const clustered = async (): Promise<readonly Line[]> => {
  const { argon2, logIns, ratio, cpuRatio, revocation } = await benchCluster(rounds, seconds)
  return [
    {
      figure: 'log-in over HTTP, three nodes',
      ours: rate(logIns, 'log-ins'),
      reference: `argon2: ${rate(argon2, 'checks')}; ratio by CPU ${cpuRatio.toFixed(2)}`,
      ratio,
      goal: '>= 0.9',
    },
    {
      figure: 'a revocation reaches another node',
      ours: `p50 ${revocation.p50.toFixed(1)} ms, p99 ${revocation.p99.toFixed(1)} ms`,
      reference: '-',
      ratio: null,
      goal: '< 2000 ms',
    },
  ]
}

const replayed = (): readonly Line[] => {
  const tell = (done: number, total: number) => done > 0 && done % 200_000 === 0 && say(`  ${done} of ${total} events`)
  const { events, readAndParse, replay, ratio } = replayFigures(size('REPLAY_EVENTS'), tell)
  const figure = `replay of ${events} events`
  return [
    {
      figure,
      ours: rate(events / replay, 'events'),
      reference: `read and parsed: ${rate(events / readAndParse, 'events')}`,
      ratio,
      goal: '>= 0.5',
    },
  ]
}

const lookedUp = (): readonly Line[] => {
  const greatest = size('LOOKUP_SESSIONS') ?? 10_000_000
  const figures = [10_000, 1_000_000, 10_000_000]
    .filter((sessions) => sessions <= greatest)
    .map((sessions) => {
      say(`  among ${sessions} sessions`)
      return lookupFigures(sessions)
    })
  const [least] = figures
  return figures.map(({ sessions, table, cached }) => ({
    figure: `look-up among ${sessions}`,
    ours: `${table.toFixed(2)} µs (cached ${cached.toFixed(2)})`,
    reference: `among ${least?.sessions}: ${least?.table.toFixed(2)} µs`,
    ratio: table / (least?.table ?? Number.NaN),
    goal: '<= 1.5',
  }))
}

const started = async (): Promise<readonly Line[]> => {
  const { fresh, again } = await benchStart(rounds)
  return [
    {
      figure: 'start to first answer',
      ours: `${again.toFixed(0)} ms`,
      reference: `new data directory: ${fresh.toFixed(0)} ms`,
      ratio: null,
      goal: '-',
    },
  ]
}

const copied = async (): Promise<readonly Line[]> => {
  const { events, copy, bare, ratio } = await copyFigures(size('COPY_EVENTS') ?? 5_000)
  const reference = `the bare client, the same appends: ${rate(bare, 'events')}`
  return [{ figure: `gatebook copy of ${events} events`, ours: rate(copy, 'events'), reference, ratio, goal: '-' }]
}

const followed = async (): Promise<readonly Line[]> => {
  const { events, readAll, byBatches, ratio } = await catchUpFigures(size('CATCH_UP_EVENTS') ?? 200_000, say)
  const reference = `the bare client's readAll: ${rate(readAll, 'events')}`
  return [{ figure: `a subscription over ${events} events`, ours: rate(byBatches, 'events'), reference, ratio, goal: '-' }]
}

const caughtUp = async (): Promise<readonly Line[]> => {
  const { events, node, bare, ratio } = await nodeCatchUpFigures(size('CATCH_UP_EVENTS'))
  const reference = `the bare client's readAll: ${rate(bare, 'events')}`
  return [{ figure: `a fresh node over ${events} events`, ours: rate(node, 'events'), reference, ratio, goal: '>= 0.6' }]
}

const benches: Readonly<Record<string, () => readonly Line[] | Promise<readonly Line[]>>> = {
  append: appended,
  hash: hashed,
  guard: guarded,
  'log-in': loggedIn,
  cluster: clustered,
  replay: replayed,
  lookup: lookedUp,
  start: started,
  copy: copied,
  'catch-up': followed,
  'node-catch-up': caughtUp,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in benches))
if (unknown.length > 0) throw new Error(`no such bench: there are ${Object.keys(benches).join(', ')}`)

const lines: Line[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  say(`${name} …`)
  lines.push(...(await bench()))
}
console.log('| figure | Gatebook | reference | ratio | goal |\n|---|---|---|---|---|')
for (const { figure, ours, reference, ratio, goal } of lines) {
  console.log(`| ${figure} | ${ours} | ${reference} | ${ratio?.toFixed(2) ?? '-'} | ${goal} |`)
}
