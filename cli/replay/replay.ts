import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { type LogSelection, recordedPages } from '../../infrastructure/event-store/sqlite/reader/recorded-lines.ts'
import { describeEvent } from '../../projections/audit/describe-event.ts'
import { readEvent } from '../../projections/engine/decode-event.ts'
import { printable } from '../operator/columns.ts'
import { namingDamage } from './damaged-event.ts'
import { type ReplayFilter, replayFilter } from './replay-filter.ts'

/** `json`: events as recorded, one per line; sealed fields stay sealed. */
export type ReplayOptions = LogSelection & ReplayFilter & { readonly json?: boolean | undefined; readonly follow?: boolean | undefined }

const inWords = (recorded: RecordedEvent) => {
  const { position, recordedAt, stream, revision, metadata } = recorded
  return printable(`${position}  ${recordedAt}  ${stream} ${revision}  ${describeEvent(readEvent(recorded))} (by ${metadata.actor})`)
}

const pollEvery = 250

/** With `follow` it waits for what the server writes, which this process learns of only by looking. */
async function* pages(db: Database, { stream, from, account, to, follow = false }: ReplayOptions) {
  let next = account === undefined || stream !== undefined ? from : 0
  for (;;) {
    for (const events of recordedPages(db, { stream, from: next })) {
      yield events
      next = (events.at(-1)?.position ?? 0) + 1
    }
    if (!follow || (to !== undefined && new Date().toISOString() > to)) return
    await pause(pollEvery)
  }
}

async function* lines(db: Database, options: ReplayOptions) {
  const { wants, isPast } = replayFilter({ ...options, from: options.stream === undefined ? options.from : 0 })
  const line =
    options.json === true ? (event: RecordedEvent) => JSON.stringify(event) : (event: RecordedEvent) => namingDamage(event, inWords)
  for await (const events of pages(db, options)) {
    const wanted = events.filter((event) => !isPast(event) && wants(event))
    if (wanted.length > 0) yield `${wanted.map(line).join('\n')}\n`
    if (events.some(isPast)) return
  }
}

const isBrokenPipe = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EPIPE'

/** Reads one page ahead of `out`, however long the log is. A reader that goes away (`| head`) ends it quietly. */
export async function replay(db: Database, options: ReplayOptions, out: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(lines(db, options), { highWaterMark: 1 }), out, { end: false })
  } catch (error) {
    if (!isBrokenPipe(error)) throw error
  }
}
