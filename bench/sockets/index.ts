import { fork } from 'node:child_process'
import { once } from 'node:events'
import { overHttp } from '../../test/support/server/over-http.ts'
import { openSocket, type SocketClient } from '../../test/support/sockets/socket-client.ts'

/** Open sockets of many accounts; the sessions of one are revoked. Until when the last of its sockets is closed, and what one costs. */
const count = Number(process.env.SOCKETS ?? 2_000)
const each = 16
const people = Math.ceil(count / each)

const server = fork(new URL('server.ts', import.meta.url), { execArgv: ['--expose-gc'] })
const [url] = (await once(server, 'message')) as [string]
const memory = async () => {
  server.send('memory')
  const [used] = (await once(server, 'message')) as [{ readonly rss: number; readonly inUse: number }]
  return used
}
const app = overHttp(url)
const holders = []
for (let n = 0; n < people; n++) holders.push(await app.register({ email: `person-${n}@example.org` }))

const before = await memory()
const sockets: SocketClient[][] = []
for (const [n, { accountId, token }] of holders.entries()) {
  const headers = { 'x-forwarded-for': `192.0.2.${n % 250}` }
  const own = await Promise.all(Array.from({ length: each }, () => openSocket(url, { headers })))
  await Promise.all(own.map((socket) => socket.authenticate(accountId, token)))
  await Promise.all(own.map((socket) => socket.subscribe()))
  sockets.push(own)
}
const after = await memory()

const [revoked = [], ...others] = sockets
const untouched = others.flat()
let closed = 0
for (const socket of untouched) void socket.closed.then(() => (closed += 1))
const began = performance.now()
const answered = app.post('/logout/everywhere', undefined, holders[0]?.token).then(() => performance.now())
const ends = await Promise.all(revoked.map((socket) => socket.closed))
const last = Math.max(...ends.map(({ at }) => at))
await Promise.all(untouched.map((socket) => socket.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')))

const open = people * each
console.log(
  JSON.stringify({
    open,
    revoked: ends.map(({ code }) => code).filter((code) => code === 4009).length,
    lastClosedMs: Math.round(last - began),
    answeredMs: Math.round((await answered) - began),
    untouched: untouched.length,
    closedOfThem: closed,
    residentKiBEach: Math.round((after.rss - before.rss) / open / 1024),
    inUseKiBEach: Math.round((after.inUse - before.inUse) / open / 1024),
  }),
)
process.exit(0)
