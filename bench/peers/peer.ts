import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { defaultCost, password } from '../support/log-ins.ts'

type Answer = { readonly headers: IncomingMessage['headers']; readonly body: string }

/** Where a session is asked for, and with what. */
export type SessionCheck = { readonly url: string; readonly headers: Readonly<Record<string, string>> }

/** A server under test. `cpu`: milliseconds of CPU time that its process has used. */
export type Peer = {
  readonly register: (account: number) => Promise<unknown>
  readonly logIn: (account: number) => Promise<unknown>
  readonly check: SessionCheck
  readonly cpu: () => number
  readonly stop: () => Promise<unknown>
}

const agent = new Agent({ keepAlive: true })

const post = async (url: string, body: object): Promise<Answer> => {
  const headers = { 'content-type': 'application/json', 'user-agent': 'bench' }
  const call = request(url, { agent, method: 'POST', headers }).end(JSON.stringify(body))
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  const answered = { headers: answer.headers, body: await text(answer) }
  if (answer.statusCode === 200 || answer.statusCode === 201) return answered
  throw new Error(`${url} returned ${answer.statusCode}: ${answered.body}`)
}

const email = (account: number) => `user-${account}@example.org`

/** In steps of 10 ms, which is what Linux counts in. */
const cpuOfProcess = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

export const startGatebookPeer = async (): Promise<Peer> => {
  const { baseUrl, pid, stop } = await startGatebook({ env: defaultCost })
  const credentials = (account: number) => ({ email: email(account), password, transport: 'bearer' })
  const register = (account: number) => post(`${baseUrl}/api/1/register`, credentials(account))
  const { token } = JSON.parse((await register(-1)).body) as { readonly token: string }
  return {
    register,
    logIn: (account) => post(`${baseUrl}/api/1/login`, credentials(account)),
    check: { url: `${baseUrl}/api/1/session`, headers: { authorization: `Bearer ${token}` } },
    cpu: () => cpuOfProcess(pid),
    stop,
  }
}

export const startBetterAuthPeer = async (): Promise<Peer> => {
  const child = fork(fileURLToPath(new URL('./better-auth-server.ts', import.meta.url)))
  const [url] = (await once(child, 'message')) as [string]
  const register = (account: number) => post(`${url}/api/auth/sign-up/email`, { name: 'User', email: email(account), password })
  const [cookie = ''] = (await register(-1)).headers['set-cookie'] ?? []
  return {
    register,
    logIn: (account) => post(`${url}/api/auth/sign-in/email`, { email: email(account), password }),
    check: { url: `${url}/api/auth/get-session`, headers: { cookie: cookie.split(';')[0] ?? '' } },
    cpu: () => cpuOfProcess(child.pid ?? 0),
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
