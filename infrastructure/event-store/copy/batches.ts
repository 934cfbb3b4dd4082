import type { ExpectedRevision, RecordedEvent } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'

/** Bytes of JSON: half of the 1,048,576 that EventStoreDB accepts, because metadata counts too. */
const largestBatch = 524_288

export type Batch = { readonly stream: string; readonly expected: ExpectedRevision; readonly events: readonly RecordedEvent[] }

const sizeOf = ({ data }: RecordedEvent) => Buffer.byteLength(JSON.stringify(data))

/** Only the newest event of a key stream exists, so in the target it is the first one. */
const expectedBefore = ({ stream, revision }: RecordedEvent): ExpectedRevision =>
  isKeyStream(stream) || revision === 0 ? 'no_stream' : revision - 1

/** One append per run of events in the same stream: appends to several streams may not keep the order of the log. */
export function batchesOf(events: readonly RecordedEvent[]): readonly Batch[] {
  const runs: RecordedEvent[][] = []
  let bytes = 0
  for (const event of events) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    bytes += sizeOf(event)
    if (before?.stream === event.stream && before.revision + 1 === event.revision && bytes <= largestBatch) run?.push(event)
    else {
      runs.push([event])
      bytes = sizeOf(event)
    }
  }
  return runs.flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ stream: first.stream, expected: expectedBefore(first), events: [first, ...rest] }],
  )
}
