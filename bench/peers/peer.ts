import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { password } from '../support/log-ins.ts'

/** Each is an app with `GET /me` behind its guard, users and sessions in SQLite, and passwords at the same cost of argon2id. */
export const peers = {
  gatebook: 'Gatebook',
  'better-auth': 'Better Auth',
  'express-session': 'express-session, passport',
  'fastify-session': '@fastify/session',
  'secure-session': '@fastify/secure-session',
} as const

export type PeerName = keyof typeof peers
export const peerNames = Object.keys(peers) as readonly PeerName[]

/** What `servers/` say of themselves. `also`: what registration asks for beside address and password. `origin`: that of its front end, if it is checked. */
type Listening = {
  readonly url: string
  readonly register: string
  readonly logIn: string
  readonly also?: object
  readonly origin?: string
}

/** Where a session is asked for, and with what. */
export type SessionCheck = { readonly url: string; readonly headers: Readonly<Record<string, string>> }

/** `cpu`: milliseconds of CPU time that its process has used. `memory`: MB in RAM. `startMs`: from its start to its first answer. */
export type Peer = {
  readonly register: (account: number) => Promise<unknown>
  readonly logIn: (account: number) => Promise<unknown>
  readonly check: () => Promise<SessionCheck>
  readonly cpu: () => number
  readonly memory: () => number
  readonly startMs: number
  readonly stop: () => Promise<unknown>
}

let agent = new Agent({ keepAlive: true })

/** A connection that was idle between two turns may be closed by the server just then. */
export function newConnections() {
  agent.destroy()
  agent = new Agent({ keepAlive: true })
}

const post = async (url: string, body: object, origin = url): Promise<readonly string[]> => {
  const headers = { 'content-type': 'application/json', 'user-agent': 'bench', origin: new URL(origin).origin }
  const call = request(url, { agent, method: 'POST', headers }).end(JSON.stringify(body))
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  const answered = await text(answer)
  if (answer.statusCode === 200 || answer.statusCode === 201) return answer.headers['set-cookie'] ?? []
  throw new Error(`${url} returned ${answer.statusCode}: ${answered}`)
}

/** In steps of 10 ms, which is what Linux counts in. */
const cpuOfProcess = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const memoryOfProcess = (pid: number) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

export async function startPeer(name: PeerName): Promise<Peer> {
  const started = performance.now()
  const child = fork(fileURLToPath(new URL(`./servers/${name}.ts`, import.meta.url)))
  const [{ url, register, logIn, also, origin }] = (await once(child, 'message')) as [Listening]
  const stranger = await fetch(`${url}/me`)
  if (stranger.status !== 401) throw new Error(`the guard of ${peers[name]} answered a stranger with ${stranger.status}`)
  const startMs = performance.now() - started
  const pid = child.pid ?? 0
  const credentials = (account: number) => ({ email: `user-${account}@example.org`, password })
  return {
    register: (account) => post(url + register, { ...credentials(account), ...also }, origin),
    logIn: (account) => post(url + logIn, credentials(account), origin),
    check: async () => {
      const cookies = await post(url + logIn, credentials(0), origin)
      return { url: `${url}/me`, headers: { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') } }
    },
    cpu: () => cpuOfProcess(pid),
    memory: () => memoryOfProcess(pid),
    startMs,
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
