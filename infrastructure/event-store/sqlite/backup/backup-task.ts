import type { SqliteStartFailure } from '../file/start-failure.ts'
import type { LogContents } from './verify-log.ts'

/** `copy` writes what the log holds at one moment to an empty file, then reads it all. */
export type BackupTask =
  | { readonly type: 'copy'; readonly log: string; readonly draft: string }
  | { readonly type: 'verify'; readonly draft: string }

export type TaskMessage = { readonly type: 'copied' } | { readonly contents: LogContents } | { readonly failure: SqliteStartFailure }
