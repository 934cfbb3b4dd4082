import { Agent, request } from 'node:http'
import { loadavg } from 'node:os'
import { pathToFileURL } from 'node:url'
import { argon2Hash, argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'
import { startGatebook } from '../testing/start-gatebook.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

const cost = { memoryKiB: 19_456, time: 2, parallelism: 1 }
const password = 'correct horse battery staple'
const json = { 'content-type': 'application/json' }
const accounts = 16

/** Seconds, so that what is measured is compiled code: at sixty a second it takes V8 that long to have seen enough log-ins. */
const warmUp = 20

/** Runs for `seconds` with `callers` at once. `cpu` is milliseconds of the process asked by `cpuTime`, for one job. */
const measured = async (
  seconds: number,
  callers: number,
  job: (caller: number) => Promise<unknown>,
  cpuTime: () => Promise<number> | number,
) => {
  const cpuBefore = await cpuTime()
  const start = performance.now()
  const end = start + seconds * 1_000
  let done = 0
  const caller = async (_: unknown, number: number) => {
    while (performance.now() < end) {
      await job(number)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const perSecond = done / ((performance.now() - start) / 1_000)
  return { perSecond, cpu: ((await cpuTime()) - cpuBefore) / done }
}

const ownCpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/**
 * Log-ins a second over HTTP at the default cost, against what argon2 alone can do with all cores in the same run. The callers take their share of the cores
 * too; `cpuRatio` leaves them out: the CPU time of a hash alone to all that the server spends on a log-in, its hash included.
 */
export const benchLogIn = async (rounds = 7, seconds = 4) => {
  const defaults = { ARGON2_MEMORY_KIB: undefined, ARGON2_TIME: undefined }
  await using server = await startGatebook({ env: defaults })
  const agent = new Agent({ keepAlive: true })
  const post = (path: string, account: number) => {
    const body = JSON.stringify({ email: `user-${account}@example.org`, password, transport: 'bearer' })
    return new Promise<void>((resolve, reject) => {
      const call = request(`${server.baseUrl}/api/1${path}`, { agent, method: 'POST', headers: json }, (answer) => {
        answer
          .resume()
          .on('end', () =>
            answer.statusCode === 200 || answer.statusCode === 201 ? resolve() : reject(new Error(`${path} answered ${answer.statusCode}`)),
          )
      })
      call.on('error', reject).end(body)
    })
  }
  for (let account = 0; account < accounts; account++) await post('/register', account)
  const encoded = await argon2Hash(password, cost)
  const concurrency = threadShare(cost.parallelism)
  const serverCpu = async () => {
    const metrics = await (await fetch(`${server.baseUrl}/metrics`)).text()
    return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]) * 1_000
  }
  const logIns = (seconds: number) => measured(seconds, accounts, (caller) => post('/login', caller), serverCpu)
  await logIns(warmUp)
  const figures = await turnByTurn(rounds, {
    argon2: () => measured(seconds, concurrency, () => argon2Verify(encoded, password), ownCpu),
    logIns: () => logIns(seconds),
  })
  const [hashRates, logInRates] = [figures.argon2.map(({ perSecond }) => perSecond), figures.logIns.map(({ perSecond }) => perSecond)]
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
