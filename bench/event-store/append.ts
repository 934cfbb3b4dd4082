import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'
import { openSqliteEventStore } from '../../infrastructure/event-store/sqlite/open-sqlite-event-store.ts'
import { plainLog } from './plain-log.ts'

const worker = new URL('../../test/infrastructure/event-store/sqlite/plain-writer.worker.ts', import.meta.url)
const rounds = Number(process.env.BENCH_ROUNDS ?? 41)

/** What an event of a log-in looks like. */
const newEvent = (): NewEvent => ({
  eventId: randomUUID(),
  type: 'SessionExtended',
  version: 1,
  data: {
    at: '2026-06-01T12:00:00.000Z',
    idleExpiresAt: '2026-06-02T12:00:00.000Z',
    tokenHash: 'jZae727K08KaOmKSgOaGzww_XVqGr_PKEgIMkjrcbJI',
  },
  metadata: { actor: randomUUID(), correlationId: randomUUID(), causationId: null },
})

const work = (count: number) => Array.from({ length: count }, () => ({ stream: `session-${randomUUID()}`, event: newEvent() }))

type Work = ReturnType<typeof work>

const perSecond = async (count: number, run: () => Promise<void> | void) => {
  const start = performance.now()
  await run()
  return count / ((performance.now() - start) / 1_000)
}

/** `inFlight` callers, each of which appends one event after another. */
const appendAll = async (store: EventStore, all: Work, inFlight: number) => {
  let next = 0
  const caller = async () => {
    for (let item = all[next++]; item !== undefined; item = all[next++]) {
      const result = await store.append(item.stream, 'no_stream', [item.event])()
      if (isLeft(result)) throw new Error(result.left.type)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, caller))
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Events a second. `ratio` is the median of the rounds' own ratios; in a round one is measured right after the other. */
export type AppendFigure = { readonly inFlight: number; readonly gatebook: number; readonly plain: number; readonly ratio: number }

const compare = async (store: EventStore, plain: ReturnType<typeof plainLog>, inFlight: number, count: number): Promise<AppendFigure> => {
  const figures: { gatebook: number; plain: number }[] = []
  for (let round = -1; round < rounds; round++) {
    const [ours, theirs] = [work(count), work(count)]
    const gatebookFirst = round % 2 === 0
    const early = gatebookFirst ? 0 : await perSecond(count, () => plain.insertAll(theirs, inFlight))
    const gatebook = await perSecond(count, () => appendAll(store, ours, inFlight))
    const late = gatebookFirst ? await perSecond(count, () => plain.insertAll(theirs, inFlight)) : 0
    if (round >= 0) figures.push({ gatebook, plain: early + late })
  }
  const ratios = figures.map(({ gatebook, plain }) => gatebook / plain)
  return {
    inFlight,
    gatebook: Math.round(median(figures.map(({ gatebook }) => gatebook))),
    plain: Math.round(median(figures.map(({ plain }) => plain))),
    ratio: Number(median(ratios).toFixed(3)),
  }
}

/** Appended events a second against plain better-sqlite3 with the same table, WAL and FULL, on the same disk in the same run. */
export async function run(): Promise<{ readonly name: 'append'; readonly figures: readonly AppendFigure[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-'))
  const opened = await openSqliteEventStore({ file: join(folder, 'gatebook', 'log.sqlite'), create: true, worker })()
  if (isLeft(opened)) throw new Error(opened.left.detail)
  const plain = plainLog(join(folder, 'plain.sqlite'))
  try {
    const figures: AppendFigure[] = []
    for (const [inFlight, count] of [
      [1, 60],
      [64, 1_920],
      [256, 2_560],
    ] as const)
      figures.push(await compare(opened.right, plain, inFlight, count))
    return { name: 'append', figures }
  } finally {
    plain.close()
    await opened.right.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) console.log(JSON.stringify(await run(), null, 2))
