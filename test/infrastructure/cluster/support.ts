import { createLog } from '../../support/event-store-stand-in/log.ts'
import { startStandIn } from '../../support/event-store-stand-in/stand-in.ts'
import { type Fault, startFaultProxy } from '../../support/fault-proxy.ts'
import { startTestServer, type TestServerOptions } from '../../support/server/start-test-server.ts'

/** What makes a server a node of the cluster at `url`. */
export const nodeEnv = (url: string) => ({
  EVENT_STORE: 'eventstoredb',
  EVENTSTOREDB_URL: url,
  MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
  NODE_ENV: 'development',
})

/** A store and its nodes, each with a fault proxy where the test asks for one. `close` stops all of them. */
export const openCluster = async () => {
  const standIn = await startStandIn({ log: createLog() })
  const closing: (() => unknown)[] = [standIn.kill]
  const faults: ((fault: Fault) => void)[] = []
  const startNode = async ({ env = {}, ...options }: TestServerOptions = {}, url = standIn.url) => {
    const node = await startTestServer({ ...options, env: { ...nodeEnv(url), ...env } })
    let stopping: Promise<void> | null = null
    const stop = () => {
      stopping ??= node.stop()
      return stopping
    }
    closing.push(stop)
    return { ...node, stop }
  }
  /** A connection to the store through a fault proxy. Faults end before anything is closed. */
  const faultyWay = async () => {
    const proxy = await startFaultProxy({ host: '127.0.0.1', port: standIn.port })
    closing.push(proxy.close)
    faults.push(proxy.play)
    return { proxy, url: standIn.url.replace(String(standIn.port), String(proxy.port)) }
  }
  const close = async () => {
    for (const play of faults) play('pass')
    for (const one of closing.splice(0).reverse()) await one()
  }
  return { startNode, faultyWay, close }
}

export type Cluster = Awaited<ReturnType<typeof openCluster>>
export type Node = Awaited<ReturnType<Cluster['startNode']>>

/** Headers that make a node wait until it has reached the position of a response. */
export const havingSeen = (answer: { readonly headers: Readonly<Record<string, unknown>> }) => ({
  headers: { 'gatebook-position': String(answer.headers['gatebook-position']) },
})
