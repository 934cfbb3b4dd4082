import { execFileSync } from 'node:child_process'
import type { SeenNode } from '../../../support/event-store-stand-in/cluster.ts'
import { createLog, type Log } from '../../../support/event-store-stand-in/log.ts'
import { type StandIn, startStandIn } from '../../../support/event-store-stand-in/stand-in.ts'

const { EVENTSTOREDB_CLUSTER_URL: url, EVENTSTOREDB_CLUSTER_CONTROL: control } = process.env

/**
 * The cluster of `EVENTSTOREDB_CLUSTER_URL`, or three stand-ins on one log. `EVENTSTOREDB_CLUSTER_CONTROL` is a command that kills the leader
 * (`kill-leader`) and starts all nodes (`start`).
 */
export const testedCluster = url !== undefined && control !== undefined ? 'a cluster' : 'a cluster of stand-ins'

const given = (url: string, control: string) => {
  const run = (word: string) => void execFileSync('/bin/sh', ['-c', `${control} ${word}`], { stdio: 'ignore' })
  return { url, killLeader: async () => run('kill-leader'), start: async () => run('start'), stop: async () => run('start') }
}

/** Three stand-ins. `view` is how each of them sees the cluster, by default as it is. */
export const standInCluster = async (logs: readonly Log[], view?: (node: number, ports: readonly number[]) => readonly SeenNode[]) => {
  const ports: number[] = []
  const nodes: (StandIn | null)[] = []
  let leader = 0
  const asItIs = (): readonly SeenNode[] =>
    ports.map((port, node) => ({ port, type: node === leader ? 'leader' : 'follower', isAlive: nodes[node] !== null }))
  const open = async (node: number) => {
    const log = logs[node] ?? logs[0]
    const seen = () => view?.(node, ports) ?? asItIs()
    nodes[node] = await startStandIn({ ...(log && { log }), port: ports[node] ?? 0, seen })
    ports[node] = nodes[node]?.port ?? 0
  }
  for (const node of [0, 1, 2]) await open(node)

  const killLeader = async () => {
    nodes[leader]?.kill()
    nodes[leader] = null
    leader = (leader + 1) % 3
  }
  const start = async () => {
    for (const node of [0, 1, 2]) if (nodes[node] === null) await open(node)
  }
  const stop = async () => {
    for (const node of nodes) node?.kill()
  }
  return { url: `esdb://${ports.map((port) => `127.0.0.1:${port}`).join(',')}?tls=false`, ports, nodes, killLeader, start, stop }
}

export const clusterForTest = async () => (url !== undefined && control !== undefined ? given(url, control) : standInCluster([createLog()]))
