import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { overHttp } from '../../test/support/server/over-http.ts'
import { byStream, recordedLog } from '../../test/support/server/recorded-log.ts'
import { cookieOf } from '../../test/support/server/shapes.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'

const minutes = Number(process.env.MINUTES ?? 10)
const networks = 100
const tries = 100
const limit = 5
const origin = 'http://localhost:1984'
const owner = { email: 'owner@example.org', password: 'a long enough passphrase' }
const administrator = { email: 'root@example.org', password: 'another long passphrase' }

// The limits by address and the cost of the hash are the usual ones.
const server = await startGatebook({
  env: {
    PUBLIC_ORIGIN: origin,
    TRUSTED_PROXIES: '127.0.0.1',
    LOGIN_RATE_PER_MINUTE: undefined,
    RATE_PER_MINUTE: undefined,
    ARGON2_MEMORY_KIB: undefined,
    ARGON2_TIME: undefined,
  },
})
const client = overHttp(server.baseUrl)
const from = (address: string) => ({ 'x-forwarded-for': address })
const home = from('203.0.113.7')
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

await client.send({ method: 'POST', path: '/register', body: { ...owner, transport: 'bearer' }, headers: home })
const own = await client.send({ method: 'POST', path: '/login', body: owner, headers: home, origin })
const device = `__Host-gatebook-device=${cookieOf(own, '__Host-gatebook-device').token}`
let { token } = await client.setUp(server.setupToken, administrator)

const until = Date.now() + minutes * 60_000
const answers = new Map<string, number>()
const count = (what: string) => answers.set(what, (answers.get(what) ?? 0) + 1)

const attack = async (network: number) => {
  for (let n = 0; Date.now() < until; n += 1) {
    const { email } = n % 2 === 0 ? owner : administrator
    const body = { email, password: `guess ${network} ${n}`, transport: 'bearer' }
    const { status, body: answer } = await client.send({ method: 'POST', path: '/login', body, headers: from(`198.51.100.${network}`) })
    count(`a guess: ${status} ${answer.code}`)
    if (answer.code === 'RATE_LIMITED') await pause(answer.retryAfter * 1_000)
  }
}

const logIn = async () => {
  const { status } = await client.send({
    method: 'POST',
    path: '/login',
    body: owner,
    headers: { ...home, cookie: device },
    origin,
  })
  count(`the owner on a known device: ${status}`)
}
const elevate = async () => {
  const answer = await client.send({
    method: 'POST',
    path: '/session/elevate',
    body: { password: administrator.password },
    token,
    headers: from('203.0.113.8'),
  })
  count(`the administrator elevates: ${answer.status}`)
  token = answer.body.token ?? token
}

const defend = async () => {
  for (let n = 0; n < tries; n += 1) {
    await Promise.all([logIn(), elevate()])
    await pause(Math.max(0, (until - Date.now()) / (tries - n)))
  }
}

await Promise.all([defend(), ...Array.from({ length: networks }, (_, network) => attack(network + 1))])

type Data = { readonly deviceId?: string | null; readonly attemptId?: string }

/** Of the strangers' lane: the most attempts in a row that were not right and had no lock between them. */
const mostChecked = (events: readonly RecordedEvent[]) => {
  let [run, most] = [new Set<string>(), 0]
  for (const { type, data } of events) {
    const { deviceId, attemptId = '' } = data as Data
    if (type === 'LoginAttempted' && deviceId === null) run.add(attemptId)
    if (type === 'PasswordAccepted' && run.has(attemptId)) run = new Set()
    if (type === 'LoginLocked' && deviceId === null) run = new Set()
    most = Math.max(most, run.size)
  }
  return most
}

const log = await recordedLog(server.dataDir)
const logins = [...byStream(log)].filter(([stream]) => stream.startsWith('login-'))
for (const [what, times] of [...answers].sort()) console.log(`| ${what} | ${times} |`)
console.log(`| guesses checked before a lock, at most (limit ${limit}) | ${Math.max(...logins.map(([, events]) => mostChecked(events)))} |`)
console.log(`| events in the log | ${log.length} |`)
await server.stop()
