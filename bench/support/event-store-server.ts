import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStandInProcess } from '../../test/support/event-store-stand-in/process.ts'

/** The server of `EVENTSTOREDB_URL`, or the stand-in in a process of its own, so that it does not share the thread with those it is measured with. */
export async function eventStoreServer() {
  const given = process.env.EVENTSTOREDB_URL
  if (given !== undefined) return { url: given, name: 'a server', close: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-'))
  const standIn = await startStandInProcess(join(folder, 'log'))
  const close = async () => {
    await standIn.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: standIn.url, name: 'the stand-in', close }
}
