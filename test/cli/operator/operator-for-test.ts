import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GatebookServer, startGatebook } from '../../../testing/start-gatebook.ts'
import { runCommand } from '../../support/run-command.ts'

export const password = 'correct horse battery'

const cheap = { ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1' }

/** A data directory, the command `gatebook` on it, and servers. */
export const operatorFolder = () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'gatebook-operator-')), 'data')
  const gatebook = (args: readonly string[], input = '', env = {}) => runCommand(args, { ...cheap, DATA_DIR: dataDir, ...env }, input)
  const json = async (args: readonly string[], input = '') => {
    const { code, stdout, stderr } = await gatebook([...args, '--json'], input)
    if (code !== 0) throw new Error(`gatebook ended with ${code}: ${stderr}`)
    return JSON.parse(stdout)
  }
  const create = (email: string, ...options: string[]) => json(['accounts', 'create', email, '--password-stdin', ...options], password)
  const serve = () => startGatebook({ dataDir })
  const remove = () => rmSync(join(dataDir, '..'), { recursive: true, force: true })
  return { dataDir, gatebook, json, create, serve, remove }
}

export const logIn = async ({ baseUrl }: GatebookServer, email: string, secret = password) => {
  const body = JSON.stringify({ email, password: secret, transport: 'bearer' })
  const answer = await fetch(`${baseUrl}/api/1/login`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  return { status: answer.status, token: ((await answer.json()) as { token?: string }).token ?? '' }
}

export const statusOf = async ({ baseUrl }: GatebookServer, token: string) =>
  (await fetch(`${baseUrl}/api/1/session`, { headers: { authorization: `Bearer ${token}` } })).status
