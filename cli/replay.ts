import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../application/ports/event-store.ts'
import { UnreadableRow } from '../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { type LogSelection, recordedPages } from '../infrastructure/event-store/sqlite/reader/recorded-lines.ts'
import { describeEvent } from '../projections/audit/describe-event.ts'
import { readEvent } from '../projections/engine/decode-event.ts'
import { printable } from './operator/columns.ts'

/** `json`: events as recorded, one per line; sealed fields stay sealed. */
export type ReplayOptions = LogSelection & { readonly json?: boolean | undefined }

const inWords = (recorded: RecordedEvent) => {
  const { position, recordedAt, stream, revision, metadata } = recorded
  return printable(`${position}  ${recordedAt}  ${stream} ${revision}  ${describeEvent(readEvent(recorded))} (by ${metadata.actor})`)
}

const wordsOf = (recorded: RecordedEvent) => {
  try {
    return inWords(recorded)
  } catch (error) {
    throw new UnreadableRow(`the event at position ${recorded.position} (${recorded.type}@${recorded.version}) is damaged`, {
      cause: error,
    })
  }
}

function* lines(db: Database, { json = false, ...selection }: ReplayOptions) {
  for (const events of recordedPages(db, selection)) yield `${events.map(json ? (event) => JSON.stringify(event) : wordsOf).join('\n')}\n`
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
