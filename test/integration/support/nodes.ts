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

/** The same in every suite and every run: what a shared server holds is wrapped with it. */
const masterKey = Buffer.alloc(32, 9).toString('base64')

const common: Env = {
  EVENT_STORE: 'eventstoredb',
  NODE_ENV: 'development',
  MASTER_KEY: masterKey,
  SETUP_TOKEN: 'setup-token-of-the-integration-suites',
  HASH_QUEUE_LIMIT: '1000',
}

/** A node as a process of its own, with a way of its own to the store on which faults can be played. */
const startNode = async (store: Store, dataDir: string, env: Env) => {
  const way = await store.proxied()
  const server = await startGatebook({ dataDir, env: { ...common, ...env, EVENTSTOREDB_URL: way.url } })
  /** 0 for what was never counted. */
  const metric = async (name: string) => {
    const text = await (await fetch(`${server.baseUrl}/metrics`)).text()
    const line = text.split('\n').find((line) => line.startsWith(`${name} `))
    return Number(line?.split(' ').at(-1) ?? 0)
  }
  return { ...overHttp(server.baseUrl), server, way, dataDir, metric, again: () => startNode(store, dataDir, env) }
}

export type Node = Awaited<ReturnType<typeof startNode>>

/** So many nodes on one store, in a list in which a node that was killed can be replaced by its next run. */
export const startNodes = async (store: Store, count: number, env: Env = {}) => {
  const folders = Array.from({ length: count }, () => mkdtempSync(join(tmpdir(), 'gatebook-node-')))
  const nodes = await Promise.all(folders.map((folder) => startNode(store, folder, env)))
  const at = (number: number): Node => {
    const node = nodes[number % count]
    if (node === undefined) throw new Error('no such node')
    return node
  }
  /** Kills one as a power cut would; `restart` brings it back on the same folder. */
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

/** What a node answers when it has kept up; on a busy machine it may say for a moment that it has not, and is asked again. */
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
