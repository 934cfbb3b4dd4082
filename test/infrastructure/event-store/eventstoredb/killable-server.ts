import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStandInProcess } from '../../../support/event-store-stand-in/process.ts'
import { openStore } from './eventstoredb-for-test.ts'

const { EVENTSTOREDB_URL: url, EVENTSTOREDB_CONTROL: control } = process.env

/**
 * The server of `EVENTSTOREDB_URL`, which the command in `EVENTSTOREDB_CONTROL` kills (`kill`) and starts (`start`), or the stand-in as a
 * process with its log on disk.
 */
export const killedServer = url !== undefined && control !== undefined ? 'a server' : 'the stand-in'

const given = (url: string, control: string) => {
  const run = (word: string) => void execFileSync('/bin/sh', ['-c', `${control} ${word}`], { stdio: 'ignore' })
  return { url, kill: async () => run('kill'), start: async () => run('start'), remove: async () => {} }
}

const own = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-'))
  const file = join(folder, 'log')
  let standIn = await startStandInProcess(file)
  const { url, port } = standIn
  const start = async () => {
    standIn = await startStandInProcess(file, port)
  }
  const remove = async () => {
    await standIn.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, kill: () => standIn.kill(), start, remove }
}

export const killableServer = async () => {
  const server = url !== undefined && control !== undefined ? given(url, control) : await own()
  const answers = async () => {
    const store = await openStore(server.url, { callMs: 1_000, attemptMs: 1_000 }).catch(() => null)
    await store?.close()
    return store !== null
  }
  const start = async () => {
    await server.start()
    while (!(await answers()));
  }
  return { ...server, start }
}
