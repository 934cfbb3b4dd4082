import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { overHttp } from '../../test/support/server/over-http.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { type Watched, watchSomebody } from './watch-somebody.ts'

const size = (name: string, usual: number) => Number(process.env[name] ?? usual)
const counts = { refreshes: size('REFRESHES', 30_000), logIns: size('LOG_INS', 8_000), enrollments: size('ENROLLMENTS', 10_000) }
const busy = { email: 'busy@example.org', password: 'a long enough passphrase' }
const somebody = { email: 'somebody@example.org', password: 'another long passphrase' }

type Client = ReturnType<typeof overHttp>

const say = (what: string, { requests, median, p999, slowest }: Watched<unknown>) =>
  console.log(`| ${what} | ${requests} | ${median.toFixed(1)} | ${p999.toFixed(1)} | ${slowest.toFixed(1)} |`)

const times = async (count: number, inFlight: number, work: () => Promise<unknown>) => {
  let left = count
  const one = async () => {
    while (left-- > 0) await work()
  }
  await Promise.all(Array.from({ length: inFlight }, one))
}

const mustBe = (status: number, answer: { readonly status: number; readonly body: unknown }) => {
  if (answer.status !== status) throw new Error(`expected ${status}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

const refresh = async (client: Client, count: number) => {
  let { refreshToken } = await client.logIn(busy)
  await times(count, 1, async () => {
    const answer = await client.post('/session/refresh', { refreshToken })
    mustBe(200, answer)
    refreshToken = answer.body.refreshToken
  })
}

const logIn = (client: Client, count: number) => times(count, 8, () => client.logIn(busy))

const enroll = async (client: Client, count: number) => {
  const { token } = await client.logIn(busy)
  const elevated = await client.elevated(token, busy.password)
  await times(count, 2, async () => mustBe(200, await client.post('/totp/enroll', undefined, elevated)))
}

const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-busy-'))
let server = await startGatebook({ dataDir })
let client = overHttp(server.baseUrl)
await client.register(busy)
const { token } = await client.register(somebody)
const watch = <A>(work: () => Promise<A>) => watchSomebody(server.baseUrl, token, work)
const wait = () => new Promise((resolve) => setTimeout(resolve, 5_000))

console.log('| meanwhile | requests of somebody else | median, ms | p99.9 | slowest |\n|---|---|---|---|---|')
say('nothing', await watch(wait))
say(`${counts.refreshes} refreshes`, await watch(() => refresh(client, counts.refreshes)))
say(`${counts.logIns} logins`, await watch(() => logIn(client, counts.logIns)))
say(`${counts.enrollments} enrollments`, await watch(() => enroll(client, counts.enrollments)))
await server.stop()
server = await startGatebook({ dataDir })
client = overHttp(server.baseUrl)
const again = async () => {
  await refresh(client, 1)
  await logIn(client, 1)
  await enroll(client, 1)
}
say('after a restart, the first refresh, login and enrollment', await watch(again))
say(
  'after it, 1,000 of each',
  await watch(async () => {
    await refresh(client, 1_000)
    await logIn(client, 1_000)
    await enroll(client, 1_000)
  }),
)
await server.stop()
rmSync(dataDir, { recursive: true })
