import type { SqliteStartFailure } from '../file/start-failure.ts'
import type { LogContents } from './verify-log.ts'

/** What a log must hold in the end. */
export type LogEnd = Pick<LogContents, 'events' | 'position'>

/** `copy` writes what the log holds at one moment to an empty file, then reads it all. `settle` brings what was written to a log into its one file, then reads it all. */
export type BackupTask =
  | { readonly type: 'copy'; readonly log: string; readonly draft: string }
  | { readonly type: 'verify'; readonly draft: string }
  | { readonly type: 'settle'; readonly draft: string; readonly end: LogEnd }

export type TaskMessage = { readonly type: 'copied' } | { readonly contents: LogContents } | { readonly failure: SqliteStartFailure }
