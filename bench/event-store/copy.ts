import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client'
import type { Either } from 'fp-ts/lib/Either.js'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { type Batch, batchesOf } from '../../infrastructure/event-store/copy/batches.ts'
import { copyLog } from '../../infrastructure/event-store/copy/copy-log.ts'
import type { Place } from '../../infrastructure/event-store/copy/copy-places.ts'
import { openCopySource, openCopyTarget } from '../../infrastructure/event-store/copy/open-copy-ends.ts'
import { verifyCopy } from '../../infrastructure/event-store/copy/verify-copy.ts'
import { openLogFile } from '../../infrastructure/event-store/sqlite/file/open-log-file.ts'
import { fillLog } from '../read-models/replay-log.ts'

/** Events a second. `bare` sends the same appends one after another with the client alone; `ratio` is `copy / bare`. */
export type CopyFigures = {
  readonly events: number
  readonly appends: number
  readonly copy: number
  readonly bare: number
  readonly ratio: number
  readonly verify: number
  readonly back: number
}

const right = <A>(result: Either<unknown, A>): A => {
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
  return result.right
}

const perSecond = async (events: number, work: () => Promise<unknown>) => {
  const start = performance.now()
  await work()
  return events / ((performance.now() - start) / 1_000)
}

/** A store for one copy, in a process of its own: the stand-in of the tests, in memory. */
const standIn = async () => {
  const script = `import { startStandIn } from './test/support/event-store-stand-in/stand-in.ts'; process.stdout.write((await startStandIn()).url)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(child.stdout, 'data')
  return { url: String(url), end: () => child.kill() }
}

const sendBare = async (url: string, batches: readonly Batch[]) => {
  const client = EventStoreDBClient.connectionString(url)
  for (const { stream, expected, events } of batches) {
    const wire = events.map(({ eventId, type, data }) =>
      jsonEvent({ id: eventId, type, data: data as Record<string, string>, metadata: { version: 1 } }),
    )
    await client.appendToStream(stream, wire, {
      expectedRevision: expected === 'no_stream' ? NO_STREAM : BigInt(expected),
      credentials: { username: 'admin', password: 'changeit' },
    })
  }
  await client.dispose()
}

const filledLog = (folder: string, events: number): Place => {
  const file = logFile(folder)
  const { db, close } = openLogFile({ file, create: true })
  fillLog(db, events)
  close()
  return { type: 'sqlite', file }
}

export async function copyFigures(events: number): Promise<CopyFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-copy-bench-'))
  const [store, other] = [await standIn(), await standIn()]
  try {
    const from = right(await openCopySource(filledLog(folder, events), true))
    const to = right(await openCopyTarget({ type: 'eventstoredb', url: store.url }, true))
    const batches = batchesOf(right(await from.readAll(0, events)()))
    const bare = await perSecond(events, () => sendBare(other.url, batches))
    const copy = await perSecond(events, async () => right(await copyLog({ from, to })))
    const verify = await perSecond(events, async () => right(await verifyCopy({ from, to })))
    const backTo = right(await openCopyTarget({ type: 'sqlite', file: logFile(join(folder, 'back')) }, true))
    const back = await perSecond(events, async () => right(await copyLog({ from: to, to: backTo })))
    for (const end of [from, to, backTo]) await end.close()
    return { events, appends: batches.length, copy, bare, ratio: copy / bare, verify, back }
  } finally {
    store.end()
    other.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const rounds: CopyFigures[] = []
  for (let round = 0; round < Number(process.env.BENCH_ROUNDS ?? 3); round++)
    rounds.push(await copyFigures(Number(process.env.COPY_EVENTS ?? 5_000)))
  const median = rounds.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(rounds.length / 2)]
  process.stdout.write(`${JSON.stringify(median)}\n`)
}
