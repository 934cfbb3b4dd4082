import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import type { Refusal } from '../../domain/login/decider.ts'
import { LoginAttempted, SignatureAttempted } from '../../domain/login/events.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { summarizedAttempts } from './summarized-attempts.ts'

const types = [LoginAttempted.type, SignatureAttempted.type]

/** Later than any. */
const always = '9999-12-31T23:59:59.999Z'

const notSummarized: StoreFailure = { type: 'unavailable', detail: 'the attempts at a name cannot be summarized' }

const isRefusal = (failure: StoreFailure | Refusal): failure is Refusal =>
  !['conflict', 'unavailable', 'corrupt', 'stream_deleted'].includes(failure.type)

const eraseAt = async (needs: Needs<'journal'>, identifier: BlindIndex): Promise<Either<StoreFailure, void>> => {
  const { load, payloads } = needs.journal
  if (payloads === undefined) return right(undefined)
  const attempts = await load(streams.login(identifier))()
  if (isLeft(attempts)) return attempts
  if (attempts.right.revision === -1) return right(undefined)
  const summary = await summarizedAttempts(needs, payloads, identifier, attempts.right.revision)
  if (isLeft(summary)) return left(isRefusal(summary.left) ? notSummarized : summary.left)
  return payloads.erasePayloads(streams.login(identifier).name, { from: 0, summary: summary.right, recordedBefore: always, types })()
}

/**
 * Erases network and browser of all attempts at names. Those from before somebody had the name are not sealed under that person's key.
 * Does nothing where the log cannot be rewritten. Idempotent.
 */
export function eraseAttempts(needs: Needs<'journal'>, identifiers: readonly BlindIndex[]): TaskEither<StoreFailure, void> {
  return async () => {
    for (const identifier of identifiers) {
      const erased = await eraseAt(needs, identifier)
      if (isLeft(erased)) return erased
    }
    return right(undefined)
  }
}
