import { randomBytes } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { argon2Hash, argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'
import { startGatebook } from '../testing/start-gatebook.ts'
import { eventStoreServer } from './support/event-store-server.ts'
import { cost, cpuOf, defaultCost, measured, ownCpu, password, poster } from './support/log-ins.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

const accounts = 18

/** Seconds, so that what is measured is compiled code. */
const warmUp = 20

const startNodes = (url: string, count: number) => {
  const key = { MASTER_KEY: randomBytes(32).toString('base64'), SETUP_TOKEN: randomBytes(16).toString('hex') }
  const env = { ...defaultCost, ...key, EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: url, NODE_ENV: 'development' }
  return Promise.all(Array.from({ length: count }, () => startGatebook({ env })))
}

const call = async (url: string, method: string, body?: object, token?: string) => {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  const answer = await fetch(`${url}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return { status: answer.status, text: await answer.text() }
}

/** Milliseconds from the answer to a revocation on one node to the first question that another one refuses; with a log-in before each. */
const revocationDelay = async (one: string, other: string) => {
  const body = { email: 'user-0@example.org', password, transport: 'bearer' }
  const { token, session } = JSON.parse((await call(`${one}/api/1/login`, 'POST', body)).text)
  const guarded = async () => (await call(`${other}/api/1/secure/user`, 'GET', undefined, token)).status
  while ((await guarded()) !== 200);
  await call(`${one}/api/1/sessions/${session.id}`, 'DELETE', undefined, token)
  const since = performance.now()
  while ((await guarded()) === 200);
  return performance.now() - since
}

const quantile = (numbers: readonly number[], part: number) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(part * numbers.length))] ?? Number.NaN

/**
 * Log-ins a second over three nodes and one store on this machine, against what argon2 alone can do with all cores in the same run; and how long a
 * revocation travels. `cpuRatio`: the CPU time of a hash alone to all that the nodes spend on a log-in; the callers and the store are left out.
 */
export async function benchCluster(rounds = 7, seconds = 4, revocations = 200) {
  const store = await eventStoreServer()
  const nodes = await startNodes(store.url, 3)
  try {
    const urls = nodes.map(({ baseUrl }) => baseUrl)
    const urlOf = (caller: number) => urls[caller % urls.length] ?? ''
    const post = poster()
    for (let account = 0; account < accounts; account++) await post(urlOf(account), '/register', account)
    const encoded = await argon2Hash(password, cost)
    const cpuOfAll = async () => (await Promise.all(urls.map(cpuOf))).reduce((sum, cpu) => sum + cpu, 0)
    const logIns = (seconds: number) => measured(seconds, accounts, (caller) => post(urlOf(caller), '/login', caller), cpuOfAll)
    await logIns(warmUp)
    const figures = await turnByTurn(rounds, {
      argon2: () => measured(seconds, threadShare(cost.parallelism), () => argon2Verify(encoded, password), ownCpu),
      logIns: () => logIns(seconds),
    })
    const [hashRates, logInRates] = [figures.argon2.map(({ rate }) => rate), figures.logIns.map(({ rate }) => rate)]
    const [hashCpus, logInCpus] = [figures.argon2.map(({ cpu }) => cpu), figures.logIns.map(({ cpu }) => cpu)]
    const delays: number[] = []
    for (let n = 0; n < revocations; n++) delays.push(await revocationDelay(urlOf(n), urlOf(n + 1)))
    return {
      argon2: median(hashRates),
      logIns: median(logInRates),
      ratio: medianRatio(logInRates, hashRates),
      cpuRatio: medianRatio(hashCpus, logInCpus),
      revocation: { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), most: Math.max(...delays) },
    }
  } finally {
    await Promise.all(nodes.map((node) => node.stop()))
    await store.close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { argon2, logIns, ratio, cpuRatio, revocation } = await benchCluster()
  console.log(
    `argon2 alone ${argon2.toFixed(1)}/s, log-ins on three nodes ${logIns.toFixed(1)}/s, ratio ${ratio.toFixed(3)}, by CPU ${cpuRatio.toFixed(3)}`,
  )
  console.log(
    `a revocation travels p50 ${revocation.p50.toFixed(1)} ms, p99 ${revocation.p99.toFixed(1)} ms, most ${revocation.most.toFixed(1)} ms`,
  )
}
