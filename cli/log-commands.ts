import { existsSync } from 'node:fs'
import { logFile } from '../composition/open-log.ts'
import { openReadConnection } from '../infrastructure/event-store/sqlite/connection.ts'
import { openLog } from '../infrastructure/event-store/sqlite/open-log.ts'
import { startFailure } from '../infrastructure/event-store/sqlite/sqlite-error.ts'
import { configuration } from './configuration.ts'
import { fail } from './fail.ts'
import { rebuildAll } from './rebuild.ts'
import { type ReplayOptions, replay } from './replay.ts'

/** Opens what is there, never a new one, and closes it however the work ends. */
const onLog = async <Log extends { close: () => unknown }>(open: (file: string) => Log, work: (log: Log) => unknown) => {
  const file = logFile(configuration().DATA_DIR)
  if (!existsSync(file)) fail(`${file} does not exist`)
  try {
    const log = open(file)
    try {
      await work(log)
    } finally {
      log.close()
    }
  } catch (error) {
    fail(startFailure(error, file).detail)
  }
}

export const replayLog = (options: ReplayOptions) => onLog(openReadConnection, (db) => replay(db, options, process.stdout))

export const rebuildLog = () =>
  onLog(
    (file) => openLog({ file, create: false }),
    ({ db }) => rebuildAll(db, process.stderr),
  )

export const checkLog = () =>
  onLog(
    (file) => openLog({ file, create: false, check: 'full' }),
    () => console.log('The log is sound.'),
  )
