import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { openScratchDatabase } from '../../infrastructure/event-store/sqlite/file/scratch-database.ts'
import { CannotStart } from '../../infrastructure/event-store/sqlite/file/start-failure.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { startFailure } from '../../infrastructure/event-store/sqlite/sqlite-error.ts'
import { carryOutSamples } from '../../library/refold/carry-out-samples.ts'
import { collectDifferences } from '../../library/refold/collect-differences.ts'
import { keptRows } from '../../projections/refold/kept-rows.ts'
import { refoldAll } from '../../projections/refold/refold-all.ts'
import type { RefoldMessage, RefoldTask } from './run-refold.ts'

const post = (message: RefoldMessage) => parentPort?.postMessage(message)

const betweenReports = 100

const progress = () => {
  let last = 0
  return (done: number, total: number) => {
    if (performance.now() - last < betweenReports) return
    last = performance.now()
    post({ done, total })
  }
}

const carryOut = ({ file, kind, samples, rest, within }: RefoldTask) => {
  const kept = openReadConnection(file, kind)
  const found = collectDifferences((difference) => post({ difference }))
  const work = { log: localLog(kept, kind), onProgress: progress(), onDifference: found.add }
  if (samples !== 'all') return { checked: carryOutSamples({ ...work, kept: keptRows(kept), samples, rest, within }), ...found.counts() }
  const scratch = openScratchDatabase(dirname(file))
  // One read transaction: log and rows are of one position, whatever a server writes meanwhile.
  const checked = kept.transaction(() => refoldAll({ ...work, kept, scratch }))()
  return { checked, ...found.counts() }
}

/** Of a projection that stopped: it says where. What SQLite says may contain what is in a row. */
const failureOf = (error: unknown, file: string) =>
  error instanceof Error && !(error instanceof CannotStart) && error.name === 'Error' && !('code' in error)
    ? { type: 'projection_failed' as const, detail: `${file}: ${error.message}` }
    : startFailure(error, file)

const task = workerData as RefoldTask
try {
  post({ result: carryOut(task) })
} catch (error) {
  post({ failure: failureOf(error, task.file) })
}
