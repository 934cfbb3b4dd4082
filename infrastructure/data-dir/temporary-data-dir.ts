import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** For `EVENT_STORE=memory`. The directory is removed when the process exits, unless it is killed. */
export function temporaryDataDir() {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-passing-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', remove)
  return { dataDir, remove }
}
