import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A data directory for `EVENT_STORE=memory`: the very same log, on a file that nobody keeps. It goes with the process, unless that is killed. */
export function temporaryDataDir() {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-passing-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', remove)
  return { dataDir, remove }
}
