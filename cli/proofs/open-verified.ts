import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { replicaFile } from '../../infrastructure/cluster/replica.ts'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { openProofsForReading, proofsFile } from '../../infrastructure/event-store/sqlite/proofs/tree/proofs-file.ts'
import { partOfConfiguration } from '../configuration.ts'

export type Verified = { readonly file: string; readonly log: Database; readonly proofs: Database | null; readonly isCopy: boolean }

/** The log of `DATA_DIR` with the proofs beside it, this node's copy of the log, or a backup, whose proofs are where it was made. */
export function openVerified(backup: string | undefined, proofs: string | undefined): Verified {
  const { DATA_DIR, EVENT_STORE } = partOfConfiguration('DATA_DIR', 'EVENT_STORE')
  const isNode = backup === undefined && EVENT_STORE === 'eventstoredb'
  const file = backup === undefined ? (isNode ? replicaFile(DATA_DIR) : logFile(DATA_DIR)) : resolve(backup)
  const beside = proofsFile(dirname(file))
  const found = proofs ?? (backup === undefined && existsSync(beside) ? beside : undefined)
  // First, because the tree of a running server only grows up to what is in the log already.
  const opened = found === undefined ? null : openProofsForReading(resolve(found))
  return { file, log: openReadConnection(file, isNode ? 'copy' : 'log'), proofs: opened, isCopy: isNode }
}
