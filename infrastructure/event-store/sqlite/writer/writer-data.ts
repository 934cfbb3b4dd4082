import type { MessagePort } from 'node:worker_threads'
import type { OpenLogFile } from '../file/open-log-file.ts'
import type { SqliteStartFailure } from '../file/start-failure.ts'

export type WriterData = {
  readonly log: OpenLogFile
  readonly port: MessagePort
  /** Increased for every message to the writer, which sleeps on it. */
  readonly signal: Int32Array
}

export type Opened = { readonly failure: SqliteStartFailure | null }

/** Sent instead of a group: finish, checkpoint, close. */
export const finish = 'finish'
