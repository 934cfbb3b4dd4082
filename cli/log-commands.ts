import { existsSync } from 'node:fs'
import { replicaFile } from '../infrastructure/cluster/replica.ts'
import { logFile } from '../infrastructure/data-dir/open-data-dir-log.ts'
import { openReadConnection } from '../infrastructure/event-store/sqlite/file/connection.ts'
import { openLogFile } from '../infrastructure/event-store/sqlite/file/open-log-file.ts'
import type { FileKind } from '../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../infrastructure/event-store/sqlite/reader/local-log.ts'
import { hasStream } from '../infrastructure/event-store/sqlite/reader/recorded-lines.ts'
import { startFailure } from '../infrastructure/event-store/sqlite/sqlite-error.ts'
import { partOfConfiguration } from './configuration.ts'
import { fail } from './fail.ts'
import { rebuildAll } from './rebuild.ts'
import { type ReplayOptions, replay } from './replay/replay.ts'

/** Opens the log, or this node's copy of it, but never creates one. */
export async function onLog<Log extends { close: () => unknown }>(
  open: (file: string, kind: FileKind) => Log,
  work: (log: Log, kind: FileKind) => unknown,
) {
  const { DATA_DIR: dataDir, EVENT_STORE } = partOfConfiguration('DATA_DIR', 'EVENT_STORE')
  const isNode = EVENT_STORE === 'eventstoredb'
  const file = isNode ? replicaFile(dataDir) : logFile(dataDir)
  if (!existsSync(file)) fail(`${file} does not exist`)
  try {
    const kind = isNode ? 'copy' : 'log'
    const log = open(file, kind)
    try {
      await work(log, kind)
    } finally {
      log.close()
    }
  } catch (error) {
    fail(startFailure(error, file).detail)
  }
}

export function replayLog(options: ReplayOptions) {
  return onLog(openReadConnection, async (db) => {
    const { stream } = options
    if (stream !== undefined && !hasStream(db, stream)) fail('--stream: the log has no event of a stream of this name')
    await replay(db, options, process.stdout)
  })
}

export function rebuildLog() {
  return onLog(
    (file, kind) => ({ ...openLogFile({ file, kind, create: false }), kind }),
    ({ db, kind }) => rebuildAll(db, localLog(db, kind), process.stderr),
  )
}

export function checkLog() {
  return onLog(
    (file, kind) => openLogFile({ file, kind, create: false, check: 'full' }),
    () => console.log('No errors found.'),
  )
}
