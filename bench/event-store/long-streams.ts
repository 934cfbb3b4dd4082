import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { AggregateName } from '../../application/journal/aggregates.ts'
import { aggregates } from '../../application/journal/aggregates.ts'
import { openJournal } from '../../application/journal/journal.ts'
import { type Stream, streams } from '../../application/journal/streams.ts'
import type { EventStore } from '../../application/ports/event-store.ts'
import { openSqliteEventStore } from '../../infrastructure/event-store/sqlite/open-sqlite-event-store.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { accountId, blindIndex, sessionId } from '../../test/support/domain/ids.ts'
import { lockout, longStreams, sessionPolicy } from '../../test/support/domain/long-streams.ts'

const worker = new URL('../../composition/sqlite-writer.worker.ts', import.meta.url)
const events = Number(process.env.LONG_STREAM_EVENTS ?? 100_000)
const measured = Math.floor(events / 20)

const rules = aggregates({
  login: { ...lockout, challengeLifetime: null },
  codes: lockout,
  identity: { rotation: 1 },
  session: sessionPolicy,
})
const metadata = { actor: 'system', correlationId: newId(), causationId: null }

/** Notes the newest summary of each stream, as the read model of the summaries does. */
const notingSummaries = (store: EventStore) => {
  const newest = new Map<string, number>()
  const append: EventStore['append'] = (stream, expected, appended) => async () => {
    const outcome = await store.append(stream, expected, appended)()
    const at = appended.findLastIndex(({ type }) => type.endsWith('Summarized'))
    if (!isLeft(outcome) && at >= 0) newest.set(stream, outcome.right.revision - appended.length + 1 + at)
    return outcome
  }
  return { store: { ...store, append }, summaryOf: (stream: string) => newest.get(stream) }
}

/** Milliseconds to load the stream by a process that does not know it, best of five. */
const coldLoad = async <Name extends AggregateName>(
  store: EventStore,
  stream: Stream<Name>,
  summaryOf: (name: string) => number | undefined,
) => {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round += 1) {
    const from = performance.now()
    await openJournal({ store, newId, aggregates: rules, summaryOf }).load(stream)()
    best = Math.min(best, performance.now() - from)
  }
  return best
}

const measure = async <Name extends AggregateName>(stream: Stream<Name>, commands: (n: number) => readonly unknown[]) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-long-'))
  const opened = await openSqliteEventStore({ file: join(dataDir, 'gatebook', 'gatebook.db'), create: true, worker })()
  if (isLeft(opened)) throw new Error(opened.left.detail)
  const { store, summaryOf } = notingSummaries(opened.right)
  const journal = openJournal({ store, newId, aggregates: rules, summaryOf })
  let revision = -1
  let n = 0
  const until = async (length: number) => {
    const [start, from] = [revision, performance.now()]
    while (revision < length - 1) {
      for (const command of commands(n++)) {
        const decided = await journal.decide(stream, command as never, metadata)()
        if (!isLeft(decided)) revision = Math.max(revision, (decided.right as { readonly revision: number }).revision)
      }
    }
    return (performance.now() - from) / (revision - start)
  }
  await until(measured)
  const early = await until(2 * measured)
  const coldEarly = await coldLoad(store, stream, summaryOf)
  await until(events - measured)
  const late = await until(events)
  const coldLate = await coldLoad(store, stream, summaryOf)
  await store.close()
  rmSync(dataDir, { recursive: true })
  return { early, late, coldEarly, coldLate }
}

const all = [
  [streams.session(sessionId(1)), longStreams.session],
  [streams.session(sessionId(2)), longStreams.accessTokens],
  [streams.access(accountId(1)), longStreams.access],
  [streams.login(blindIndex(1)), longStreams.login],
  [streams.secondFactor(accountId(1)), longStreams.secondFactor],
  [streams.account(accountId(1)), longStreams.account],
  [streams.devices(accountId(1)), longStreams.devices],
  [streams.emailClaim(blindIndex(1)), longStreams.emailClaim],
] as const

console.log(
  `| stream of ${events} events | an event, early and late, ms | ratio | cold load, early and late, ms | ratio |\n|---|---|---|---|---|`,
)
for (const [stream, commands] of all) {
  const { early, late, coldEarly, coldLate } = await measure(stream, commands)
  const pair = (one: number, other: number) => `${one.toFixed(2)}, ${other.toFixed(2)} | ${(other / one).toFixed(2)}`
  console.log(`| ${stream.aggregate} | ${pair(early, late)} | ${pair(coldEarly, coldLate)} |`)
}
