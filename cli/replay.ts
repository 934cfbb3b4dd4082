import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../application/ports/event-store.ts'
import { type LogSelection, recordedPages } from '../infrastructure/event-store/sqlite/reader/recorded-lines.ts'
import { describeEvent } from '../projections/audit/describe-event.ts'
import { readEvent } from '../projections/engine/decode-event.ts'

/** `json`: the events as they are recorded, one in a line (NDJSON); what is sealed stays sealed. Else a sentence for each. */
export type ReplayOptions = LogSelection & { readonly json?: boolean | undefined }

/** What is printed must not steer the terminal it is printed on. */
const printable = (text: string) => text.replace(/\p{C}/gu, '\ufffd')

const inWords = (recorded: RecordedEvent) => {
  const { position, recordedAt, stream, revision, metadata } = recorded
  return printable(`${position}  ${recordedAt}  ${stream} ${revision}  ${describeEvent(readEvent(recorded))} (by ${metadata.actor})`)
}

function* lines(db: Database, { json = false, ...selection }: ReplayOptions) {
  for (const events of recordedPages(db, selection)) yield `${events.map(json ? (event) => JSON.stringify(event) : inWords).join('\n')}\n`
}

const isBrokenPipe = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EPIPE'

/**
 * Writes the log to `out`, a page ahead of whoever reads it and no more, whatever the length of the log. Needs a connection that can only
 * read, and works beside a running server. A reader that goes away (`| head`) ends it quietly; an event that cannot be read ends it with an error.
 */
export async function replay(db: Database, options: ReplayOptions, out: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(lines(db, options), { highWaterMark: 1 }), out, { end: false })
  } catch (error) {
    if (!isBrokenPipe(error)) throw error
  }
}
