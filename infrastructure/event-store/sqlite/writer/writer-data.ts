import type { MessagePort } from 'node:worker_threads'
import type { OpenLogFile } from '../file/open-log-file.ts'
import type { SqliteStartFailure } from '../file/start-failure.ts'

export type WriterData = {
  readonly log: OpenLogFile
  readonly port: MessagePort
  /** Increased for every message: the writer sleeps on it. */
  readonly signal: Int32Array
}

export type Opened = { readonly failure: SqliteStartFailure | null }

export const finish = 'finish'
