import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { draftOfRestore } from '../../../files/restore-draft-name.ts'

/** ext4 has this folder at the root of every file system, and so of every volume. */
const ofTheFileSystem = 'lost+found'

/** What is in the folder of a log that is to be restored. A lock and the remainder of a restore that was killed are no content, and the master key may be there already. */
export function occupantOf(log: string): string | undefined {
  const folder = dirname(log)
  const draft = basename(draftOfRestore(log))
  const known = new Set([
    ...['gatebook.lock', 'gatebook.lock-journal', 'master.key', ofTheFileSystem],
    ...['', '-wal', '-shm', '-journal'].map((end) => `${draft}${end}`),
  ])
  return existsSync(folder) ? readdirSync(folder).find((name) => !known.has(name)) : undefined
}
