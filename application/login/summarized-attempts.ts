import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { LoginSummarized } from '../../domain/login/events.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { EventStore } from '../ports/event-store.ts'

/** The revision of a summary of the attempts at a name. The newest event, at `revision`, will do if it is one. */
export async function summarizedAttempts(
  { journal }: Needs<'journal'>,
  { read }: Pick<EventStore, 'read'>,
  identifier: BlindIndex,
  revision: number,
) {
  const stream = streams.login(identifier)
  const newest = await read(stream.name, revision)()
  if (isLeft(newest)) return newest
  if (newest.right[0]?.type === LoginSummarized.type) return right(revision)
  const metadata = { actor: 'system', correlationId: journal.newId(), causationId: null }
  const decided = await journal.decide(stream, { type: 'summarize', at: journal.now() }, metadata)()
  return isLeft(decided) ? decided : right(decided.right.revision)
}
