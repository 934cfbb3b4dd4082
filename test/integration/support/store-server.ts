import { execFileSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { isRight } from 'fp-ts/lib/Either.js'
import { openEventStoreDb } from '../../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import { startFaultProxy } from '../../support/fault-proxy.ts'
import { startContainer } from './container.ts'

type Server = {
  readonly url: string
  /** How this server is killed, for the report. */
  readonly killedBy: string
  readonly kill: () => void | Promise<void>
  readonly start: () => void | Promise<void>
  readonly stop: () => Promise<void>
}

/** The server of `EVENTSTOREDB_URL`. It is killed by the command of `EVENTSTOREDB_CONTROL`, or else cut off by the proxies. */
const given = (url: string): Server => {
  const control = process.env.EVENTSTOREDB_CONTROL
  const run = (word: string) => control !== undefined && void execFileSync('/bin/sh', ['-c', `${control} ${word}`], { stdio: 'ignore' })
  const killedBy =
    control === undefined ? 'cut off by the proxies, because EVENTSTOREDB_CONTROL is not given' : 'killed by EVENTSTOREDB_CONTROL'
  return { url, killedBy, kill: () => void run('kill'), start: () => void run('start'), stop: async () => {} }
}

const own = async (): Promise<Server> => ({ ...(await startContainer()), killedBy: 'killed by SIGKILL to its container' })

const hostIn = /(?<=:\/\/(?:[^@/?]*@)?)(?![^@/?]*@)(?<host>[^:@,/?]+)(?::(?<port>\d+))?/

const answers = async (url: string) => {
  const opened = await openEventStoreDb({ url, development: true, patience: { callMs: 2_000, attemptMs: 1_000 } })()
  if (isRight(opened)) await opened.right.close()
  return isRight(opened)
}

/**
 * The server of a suite: the one of `EVENTSTOREDB_URL`, or a container. `proxied` opens a fault proxy to it. The server can go away and come
 * back, for all proxies at once.
 */
export const startStoreServer = async () => {
  const server = process.env.EVENTSTOREDB_URL === undefined ? await own() : given(process.env.EVENTSTOREDB_URL)
  const { host = '127.0.0.1', port = '2113' } = hostIn.exec(server.url)?.groups ?? {}
  const proxies = new Set<Awaited<ReturnType<typeof startFaultProxy>>>()

  const proxied = async () => {
    const proxy = await startFaultProxy({ host, port: Number(port) })
    proxies.add(proxy)
    return { ...proxy, url: server.url.replace(hostIn, `127.0.0.1:${proxy.port}`) }
  }
  const goAway = async () => {
    await server.kill()
    for (const proxy of proxies) proxy.play('refuse')
  }
  const comeBack = async () => {
    await server.start()
    while (!(await answers(server.url))) await pause(50)
    for (const proxy of proxies) proxy.play('pass')
  }
  const stop = async () => {
    for (const proxy of proxies) await proxy.close()
    await server.stop()
  }
  return { url: server.url, killedBy: server.killedBy, proxied, goAway, comeBack, stop }
}
