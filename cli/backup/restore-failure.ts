import { type StartFailure, startFailureText } from '../../composition/start-failure.ts'
import type { RestoreFailure } from '../../infrastructure/event-store/sqlite/backup/restore-draft.ts'
import { exits } from '../operator/exit-codes.ts'

const reasonOf = (failure: RestoreFailure | StartFailure): string => {
  switch (failure.type) {
    case 'not_empty':
      return `the data directory holds ${JSON.stringify(failure.occupant)}; only master.key may be in it`
    case 'no_file':
      return 'the file of the backup does not exist'
    case 'file_unreadable':
      return 'the file of the backup cannot be read'
    case 'not_a_file':
    case 'not_a_backup':
      return 'the file is not a backup, or it is damaged'
    case 'live_log':
      return 'the file is not a backup: a write-ahead log is beside it. Use gatebook backup'
    case 'newer_backup':
      return 'the backup is of a newer version of Gatebook'
    case 'older_backup':
      return 'the backup is of an older version of Gatebook, which must restore it'
    case 'locked':
      return 'another process uses the data directory'
    case 'read_only':
      return 'the data directory cannot be written by this user'
    case 'disk_full':
      return 'the disk is full'
    case 'not_whole':
      return 'what was written to the data directory cannot be read back: check the disk'
    default:
      return startFailureText(failure)
  }
}

/** Of a quota, and of a limit of the size of files, SQLite says only that a write failed. */
const inWords = (reason: string) => {
  if (reason.endsWith(': SQLITE_FULL')) return 'the disk is full'
  return reason.endsWith(': SQLITE_IOERR_WRITE') ? 'the disk is full or failed' : reason
}

/** Of those without a text of their own: running the command again may succeed. */
const mayPass: ReadonlySet<string> = new Set(['no_file', 'file_unreadable', 'not_whole', 'conflict', 'stream_deleted'])

/** One line that repeats nothing of the backup, and the exit code. */
export function restoreFailure(failure: RestoreFailure | StartFailure): { readonly code: number; readonly sentence: string } {
  const code = 'detail' in failure || mayPass.has(failure.type) ? exits.failed : exits.refused
  return { code, sentence: `Nothing was restored: ${inWords(reasonOf(failure))}` }
}
