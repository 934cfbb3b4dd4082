import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startGatebook } from '../../../testing/start-gatebook.ts'
import type { Answer } from '../../support/server/client.ts'
import { overHttp } from '../../support/server/over-http.ts'
import type { startStoreServer } from './store-server.ts'

type Store = Pick<Awaited<ReturnType<typeof startStoreServer>>, 'proxied'>
type Env = Readonly<Record<string, string>>

/** Fixed, because data keys on a shared server are wrapped with it. */
const masterKey = Buffer.alloc(32, 9).toString('base64')

const common: Env = {
  EVENT_STORE: 'eventstoredb',
  NODE_ENV: 'development',
  MASTER_KEY: masterKey,
  SETUP_TOKEN: 'setup-token-of-the-integration-suites',
  HASH_QUEUE_LIMIT: '1000',
}

/** A node process with its own fault proxy to the store. */
const startNode = async (store: Store, dataDir: string, env: Env) => {
  const way = await store.proxied()
  const server = await startGatebook({ dataDir, env: { ...common, ...env, EVENTSTOREDB_URL: way.url } })
  /** Returns 0 for a metric without a value. */
  const metric = async (name: string) => {
    const text = await (await fetch(`${server.baseUrl}/metrics`)).text()
    const line = text.split('\n').find((line) => line.startsWith(`${name} `))
    return Number(line?.split(' ').at(-1) ?? 0)
  }
  return { ...overHttp(server.baseUrl), server, way, dataDir, metric, again: () => startNode(store, dataDir, env) }
}

export type Node = Awaited<ReturnType<typeof startNode>>

/** Starts nodes on one store. A restarted node takes the place of the killed one in the list. */
export const startNodes = async (store: Store, count: number, env: Env = {}) => {
  const folders = Array.from({ length: count }, () => mkdtempSync(join(tmpdir(), 'gatebook-node-')))
  const nodes = await Promise.all(folders.map((folder) => startNode(store, folder, env)))
  const at = (number: number): Node => {
    const node = nodes[number % count]
    if (node === undefined) throw new Error('no such node')
    return node
  }
  /** Kills a node with SIGKILL. `restart` starts it again on the same folder. */
  const kill = async (number: number) => void (await at(number).server.kill())
  const restart = async (number: number) => {
    nodes[number % count] = await at(number).again()
  }
  const stop = async () => {
    await Promise.all(nodes.map(({ server }) => server.stop()))
  }
  const remove = () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
  return { all: nodes as readonly Node[], at, kill, restart, stop, remove }
}

/** Repeats a call while the node is behind, which happens on a busy machine. */
export const onceFresh = async (ask: () => Promise<Answer>): Promise<Answer> => {
  const answer = await ask()
  if (answer.status !== 503) return answer
  await pause(50)
  return onceFresh(ask)
}

/** Waits until the read models of these nodes have reached a position. */
export const haveReached = async (nodes: readonly Node[], position: number) => {
  for (const node of nodes) while (!((await node.metric('gatebook_read_model_position')) >= position)) await pause(20)
}
