import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { type Contestant, own } from '../support/contestant.ts'
import { median, medianRatio, turnByTurn } from '../support/rounds.ts'
import { fillSessions, tokenOf } from './session-tables.ts'

/**
 * Microseconds of the server's CPU time a guarded request: `hot` of one session over and over, `random` of any of them. Of ten thousand all are soon
 * in the guards' cache; of a million nearly none is. `ratio`: median of random / hot, round by round.
 */
export type LookupOverHttp = { readonly sessions: number; readonly hot: number; readonly random: number; readonly ratio: number }

const connections = 16
const requests = 10_000

const server = async (dataDir: string) => {
  const child = fork(fileURLToPath(new URL('../support/guarded-server.ts', import.meta.url)), ['server'], {
    env: { ...process.env, BENCH_DATA_DIR: dataDir },
  })
  const answer = async () => (await once(child, 'message'))[0]
  const { url } = (await answer()) as Contestant
  const cpu = async () => {
    child.send('cpu')
    return (await answer()) as number
  }
  const stop = async () => {
    const ended = once(child, 'exit')
    child.disconnect()
    await ended
  }
  return { url, cpu, stop }
}

const ask = (url: string, agent: Agent, token: string) =>
  new Promise<void>((resolve, reject) => {
    const request = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume()
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`))))
    })
    request.on('error', reject)
  })

export async function lookupOverHttp(sessions: number, rounds = 5): Promise<LookupOverHttp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-lookup-http-'))
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  try {
    await (await server(dataDir)).stop()
    const db = new Database(join(dataDir, 'gatebook.db'))
    db.pragma('cache_size = -262144')
    fillSessions(db, sessions)
    db.close()
    const { url, cpu, stop } = await server(dataDir)
    const turn = async (token: () => string) => {
      const before = await cpu()
      const client = async () => {
        for (let sent = 0; sent < requests / connections; sent++) await ask(`${url}${own}`, agent, token())
      }
      await Promise.all(Array.from({ length: connections }, client))
      return ((await cpu()) - before) / requests
    }
    const hotToken = tokenOf(0)
    const contestants = { hot: () => turn(() => hotToken), random: () => turn(() => tokenOf(Math.floor(Math.random() * sessions))) }
    await contestants.hot()
    await contestants.random()
    const { hot, random } = await turnByTurn(rounds, contestants)
    await stop()
    return { sessions, hot: median(hot), random: median(random), ratio: medianRatio(random, hot) }
  } finally {
    agent.destroy()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
