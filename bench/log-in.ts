import { loadavg } from 'node:os'
import { pathToFileURL } from 'node:url'
import { argon2Hash, argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'
import { startGatebook } from '../testing/start-gatebook.ts'
import { cost, cpuOf, defaultCost, type Measured, measured, ownCpu, password, poster } from './support/log-ins.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'
import { startContestant } from './support/start-contestant.ts'

const accounts = 16

/** Seconds, so that what is measured is compiled code: at sixty a second it takes V8 that long to have seen enough log-ins. */
const warmUp = 20

/** `rate`: a second. `cpu`: milliseconds of CPU time of the process that answers, each. Ratios are to argon2 alone. */
export type LogInFigure = Measured & { readonly ratio: number; readonly cpuRatio: number }

const figure = (of: readonly Measured[], to: readonly Measured[]): LogInFigure => {
  const each = (turns: readonly Measured[], key: keyof Measured) => turns.map((turn) => turn[key])
  return {
    rate: median(each(of, 'rate')),
    cpu: median(each(of, 'cpu')),
    ratio: medianRatio(each(of, 'rate'), each(to, 'rate')),
    cpuRatio: medianRatio(each(to, 'cpu'), each(of, 'cpu')),
  }
}

/**
 * Log-ins a second over HTTP at the default cost, against what argon2 alone can do with all cores in the same run; and `bare`, a Fastify app that checks
 * one password and records nothing, for what HTTP and the callers take. `cpuRatio` leaves the callers out.
 */
export async function benchLogIn(rounds = 7, seconds = 4) {
  await using server = await startGatebook({ env: defaultCost })
  const bare = await startContestant('hash')
  try {
    const post = poster()
    for (let account = 0; account < accounts; account++) await post(server.baseUrl, '/register', account)
    const encoded = await argon2Hash(password, cost)
    const concurrency = threadShare(cost.parallelism)
    const logIns = (seconds: number, url: string, cpu: () => Promise<number>) =>
      measured(seconds, accounts, (caller) => post(url, '/login', caller), cpu)
    const contestants = (seconds: number) => ({
      argon2: () => measured(seconds, concurrency, () => argon2Verify(encoded, password), ownCpu),
      bare: () => logIns(seconds, bare.url, async () => (await bare.cpu()) / 1_000),
      logIns: () => logIns(seconds, server.baseUrl, () => cpuOf(server.baseUrl)),
    })
    for (const warm of Object.values(contestants(warmUp))) await warm()
    const turns = await turnByTurn(rounds, contestants(seconds))
    return {
      argon2: figure(turns.argon2, turns.argon2),
      bare: figure(turns.bare, turns.argon2),
      logIns: figure(turns.logIns, turns.argon2),
    }
  } finally {
    bare.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const figures = await benchLogIn(Number(process.env.BENCH_ROUNDS ?? 7))
  for (const [name, { rate, cpu, ratio, cpuRatio }] of Object.entries(figures)) {
    console.log(
      `${name.padEnd(7)} ${rate.toFixed(1)}/s, ${cpu.toFixed(2)} ms CPU each; ratio ${ratio.toFixed(3)}, by CPU ${cpuRatio.toFixed(3)}`,
    )
  }
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
}
