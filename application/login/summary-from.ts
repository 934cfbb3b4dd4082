import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import type { Refusal } from '../../domain/login/decider.ts'
import { LoginSummarized } from '../../domain/login/events.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { EventStore, StoreFailure } from '../ports/event-store.ts'

/** No state refuses a summary. */
const asStoreFailure = (failure: StoreFailure | Refusal): StoreFailure =>
  'detail' in failure || 'stream' in failure ? failure : { type: 'corrupt', detail: `a summary was refused: ${failure.type}` }

/** The revision of a summary of the attempts at a name, at or after `revision`. One that is there will do, so that a stream does not get one at each look. */
export async function summaryFrom(
  { journal }: Needs<'journal'>,
  { read }: Pick<EventStore, 'read'>,
  identifier: BlindIndex,
  revision: number,
) {
  const stream = streams.login(identifier)
  const later = await read(stream.name, revision)()
  if (isLeft(later)) return later
  const summary = later.right.findLast(({ type }) => type === LoginSummarized.type)
  if (summary !== undefined) return right(summary.revision)
  const metadata = { actor: 'system', correlationId: journal.newId(), causationId: null }
  const decided = await journal.decide(stream, { type: 'summarize', at: journal.now() }, metadata)()
  return isLeft(decided) ? left(asStoreFailure(decided.left)) : right(decided.right.revision)
}
