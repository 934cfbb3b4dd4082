import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { loadOf } from '../support/load-of.ts'
import { type Measured, measured } from '../support/log-ins.ts'
import { newConnections, type Peer, type SessionCheck } from './peer.ts'

export const accounts = 200

/** `times`: milliseconds that each guarded request took meanwhile. */
export type LogInTurn = Measured & { readonly times: readonly number[] }

/** `rate`: a second. `cpu`: milliseconds of the server's CPU time, each. */
export type GuardTurn = Measured

/** A peer with its accounts, and a session that asks for `/me`. */
export type Ready = Peer & { readonly session: SessionCheck }

/** A client in a process of its own asks for a session at a steady rate while others log in. */
export function logInLoad() {
  const client = fork(fileURLToPath(new URL('./session-client.ts', import.meta.url)))
  const logIns = async (peer: Ready, callers: number, seconds: number): Promise<LogInTurn> => {
    newConnections()
    let next = 0
    client.send(peer.session)
    const done = await measured(seconds, callers, () => peer.logIn(next++ % accounts), peer.cpu)
    const reported = once(client, 'message')
    client.send('stop')
    const [times] = (await reported) as [number[]]
    return { ...done, times }
  }
  return { logIns, end: () => client.disconnect() }
}

export async function guardedRequests({ session: { url, headers }, cpu }: Ready, duration: number): Promise<GuardTurn> {
  const before = cpu()
  const { perSecond, total } = await loadOf(url, headers, duration)
  return { rate: perSecond, cpu: (cpu() - before) / total }
}

export async function ready(peer: Peer): Promise<Ready> {
  newConnections()
  for (let account = 0; account < accounts; account += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, more) => peer.register(account + more)))
  }
  return { ...peer, session: await peer.check() }
}
