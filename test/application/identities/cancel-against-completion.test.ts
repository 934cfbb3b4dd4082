import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { aggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { streams } from '../../../application/journal/streams.ts'
import { settableClock } from '../../../infrastructure/clock/settable-clock.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { cancel, fingerprint, introduce, propose } from '../../support/domain/identity-examples.ts'
import { noon } from '../../support/domain/time.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

const rounds = 1_000
const rotation = 72 * 3_600_000
const metadata = { actor: 'system', correlationId: newId(), causationId: null }
const lockout = { maxAttempts: 5, lockout: 1, lockoutMax: 1 }
const rules = aggregates({
  login: { ...lockout, challengeLifetime: null },
  codes: lockout,
  identity: { rotation },
  session: { idle: 1, absolute: 1, elevation: 1, refresh: 1, refreshGrace: 0, maxFailures: 5 },
})

/** Two nodes on one log: what either has cached may be old. */
test('of a cancellation and a completion around the deadline exactly one comes about, and the clock says which', async () => {
  const clock = settableClock(noon)
  const store = memoryEventStore({ now: clock.now })
  const nodes = [1, 2].map(() => openJournal({ store, newId, aggregates: rules }))
  const outcomes = { cancelled: 0, completed: 0 }
  for (let n = 0; n < rounds; n++) {
    const stream = streams.identity(fingerprint(n))
    const [one, two] = n % 2 === 0 ? [nodes[0], nodes[1]] : [nodes[1], nodes[0]]
    if (one === undefined || two === undefined) return expect.unreachable('two nodes')
    await succeed(one.decide(stream, introduce(clock.now()), metadata))
    await succeed(one.decide(stream, propose(1, clock.now()), metadata))
    await succeed(two.load(stream))
    // 71:59:59, 72:00:00 and 72:00:01.
    const from = ((n % 3) - 1) * 1_000
    clock.advance(rotation + from)
    const at = clock.now()
    const racers = [
      one.decide(stream, cancel(1, at), metadata),
      two.decide(stream, { type: 'completeRotation', at }, metadata),
      one.decide(stream, { type: 'completeRotation', at }, metadata),
      two.decide(stream, cancel(1, at), metadata),
    ]
    const answers = await Promise.all((n % 5 === 0 ? racers.toReversed() : racers).map((racer) => racer()))
    const types = (await succeed(store.read(stream.name, 2))).map(({ type }) => type)
    expect(types).toEqual([from < 0 ? 'KeyRotationCancelled' : 'KeyRotationCompleted'])
    expect(answers.filter((answer) => isRight(answer) && answer.right.events.length > 0)).toHaveLength(1)
    outcomes[from < 0 ? 'cancelled' : 'completed'] += 1
  }
  expect(outcomes).toEqual({ cancelled: 334, completed: 666 })
})
