import { Agent, request } from 'node:http'
import { pathToFileURL } from 'node:url'
import { argon2Hash, argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'
import { startGatebook } from '../testing/start-gatebook.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

const cost = { memoryKiB: 19_456, time: 2, parallelism: 1 }
const password = 'correct horse battery staple'
const json = { 'content-type': 'application/json' }
const accounts = 16

/** Seconds, so that what is measured is compiled code. */
const warmUp = 8

/** Runs for `seconds` with `callers` at once; how many were done in a second. */
const perSecond = async (seconds: number, callers: number, job: (caller: number) => Promise<unknown>) => {
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
  return done / ((performance.now() - start) / 1_000)
}

/** Log-ins a second over HTTP at the default cost, against what argon2 alone can do with all cores in the same run. */
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
  await perSecond(warmUp, accounts, (caller) => post('/login', caller))
  const figures = await turnByTurn(rounds, {
    argon2: () => perSecond(seconds, concurrency, () => argon2Verify(encoded, password)),
    logIns: () => perSecond(seconds, accounts, (caller) => post('/login', caller)),
  })
  return { argon2: median(figures.argon2), logIns: median(figures.logIns), ratio: medianRatio(figures.logIns, figures.argon2) }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { argon2, logIns, ratio } = await benchLogIn()
  console.log(`argon2 alone ${argon2.toFixed(1)}/s, log-ins ${logIns.toFixed(1)}/s, ratio ${ratio.toFixed(3)}`)
}
