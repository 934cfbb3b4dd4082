import { loadavg } from 'node:os'
import { pathToFileURL } from 'node:url'
import { argon2Hash, argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'
import { startGatebook } from '../testing/start-gatebook.ts'
import { cost, cpuOf, defaultCost, measured, ownCpu, password, poster } from './support/log-ins.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

const accounts = 16

/** Seconds, so that what is measured is compiled code: at sixty a second it takes V8 that long to have seen enough log-ins. */
const warmUp = 20

/**
 * Log-ins a second over HTTP at the default cost, against what argon2 alone can do with all cores in the same run. The callers take their share of the cores
 * too; `cpuRatio` leaves them out: the CPU time of a hash alone to all that the server spends on a log-in, its hash included.
 */
export const benchLogIn = async (rounds = 7, seconds = 4) => {
  await using server = await startGatebook({ env: defaultCost })
  const post = poster()
  for (let account = 0; account < accounts; account++) await post(server.baseUrl, '/register', account)
  const encoded = await argon2Hash(password, cost)
  const concurrency = threadShare(cost.parallelism)
  const logIns = (seconds: number) =>
    measured(
      seconds,
      accounts,
      (caller) => post(server.baseUrl, '/login', caller),
      () => cpuOf(server.baseUrl),
    )
  await logIns(warmUp)
  const figures = await turnByTurn(rounds, {
    argon2: () => measured(seconds, concurrency, () => argon2Verify(encoded, password), ownCpu),
    logIns: () => logIns(seconds),
  })
  const [hashRates, logInRates] = [figures.argon2.map(({ rate }) => rate), figures.logIns.map(({ rate }) => rate)]
  const [hashCpus, logInCpus] = [figures.argon2.map(({ cpu }) => cpu), figures.logIns.map(({ cpu }) => cpu)]
  return {
    argon2: median(hashRates),
    logIns: median(logInRates),
    ratio: medianRatio(logInRates, hashRates),
    hashCpu: median(hashCpus),
    logInCpu: median(logInCpus),
    cpuRatio: medianRatio(hashCpus, logInCpus),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { argon2, logIns, ratio, hashCpu, logInCpu, cpuRatio } = await benchLogIn(Number(process.env.BENCH_ROUNDS ?? 7))
  console.log(`argon2 alone ${argon2.toFixed(1)}/s, log-ins ${logIns.toFixed(1)}/s, ratio ${ratio.toFixed(3)}`)
  console.log(
    `CPU of a hash alone ${hashCpu.toFixed(2)} ms, of the server for a log-in ${logInCpu.toFixed(2)} ms, ratio ${cpuRatio.toFixed(3)}`,
  )
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
}
