import type { MessagePort } from 'node:worker_threads'
import type { OpenLogFile } from '../file/open-log-file.ts'
import type { SqliteStartFailure } from '../file/start-failure.ts'

/** What the writer's thread is started with. */
export type WriterData = {
  readonly log: OpenLogFile
  readonly port: MessagePort
  /** One counter: raised for every message sent to the writer, which sleeps on it. */
  readonly signal: Int32Array
}

/** The writer's first message. */
export type Opened = { readonly failure: SqliteStartFailure | null }

/** Sent instead of a group: finish, checkpoint, close. */
export const finish = 'finish'
