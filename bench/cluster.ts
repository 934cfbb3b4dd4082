import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { argon2Hash, argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'
import { startGatebook } from '../testing/start-gatebook.ts'
import { cost, defaultCost, password, perSecond, poster } from './support/log-ins.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

const accounts = 18

/** Seconds, so that what is measured is compiled code. */
const warmUp = 12

/** The server of `EVENTSTOREDB_URL`, with a log that is new; otherwise the stand-in of the tests, its log on disk, as a process of its own. */
const openStore = async () => {
  const given = process.env.EVENTSTOREDB_URL
  if (given !== undefined) return { url: given, end: () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-'))
  const child = spawn(process.execPath, ['test/support/eventstoredb/serve.ts', join(folder, 'log'), '127.0.0.1', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const end = () => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `esdb://127.0.0.1:${/:(\d+)\s*$/.exec(String(line))?.[1]}?tls=false`, end }
}

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

/** Log-ins a second over three nodes and one store on this machine, against what argon2 alone can do with all cores in the same run; and how long a revocation travels. */
export const benchCluster = async (rounds = 7, seconds = 4, revocations = 200) => {
  const store = await openStore()
  const nodes = await startNodes(store.url, 3)
  try {
    const urls = nodes.map(({ baseUrl }) => baseUrl)
    const urlOf = (caller: number) => urls[caller % urls.length] ?? ''
    const post = poster()
    for (let account = 0; account < accounts; account++) await post(urlOf(account), '/register', account)
    const encoded = await argon2Hash(password, cost)
    const logIn = (caller: number) => post(urlOf(caller), '/login', caller)
    await perSecond(warmUp, accounts, logIn)
    const figures = await turnByTurn(rounds, {
      argon2: () => perSecond(seconds, threadShare(cost.parallelism), () => argon2Verify(encoded, password)),
      logIns: () => perSecond(seconds, accounts, logIn),
    })
    const delays: number[] = []
    for (let n = 0; n < revocations; n++) delays.push(await revocationDelay(urlOf(n), urlOf(n + 1)))
    return {
      argon2: median(figures.argon2),
      logIns: median(figures.logIns),
      ratio: medianRatio(figures.logIns, figures.argon2),
      revocation: { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), most: Math.max(...delays) },
    }
  } finally {
    await Promise.all(nodes.map((node) => node.stop()))
    store.end()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { argon2, logIns, ratio, revocation } = await benchCluster()
  console.log(`argon2 alone ${argon2.toFixed(1)}/s, log-ins on three nodes ${logIns.toFixed(1)}/s, ratio ${ratio.toFixed(3)}`)
  console.log(
    `a revocation travels p50 ${revocation.p50.toFixed(1)} ms, p99 ${revocation.p99.toFixed(1)} ms, most ${revocation.most.toFixed(1)} ms`,
  )
}
