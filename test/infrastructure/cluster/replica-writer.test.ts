import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import { addTo, emptyBatch } from '../../../infrastructure/cluster/replica-messages.ts'
import { replicaWriter } from '../../../infrastructure/cluster/replica-writer.ts'
import { copySchema } from '../../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { copyRows } from '../../../infrastructure/event-store/sqlite/replica/copy-rows.ts'
import { openProjector } from '../../../projections/engine/projector.ts'
import { linesOf } from '../../projections/support/any-history.ts'
import { contents } from '../../projections/support/contents.ts'
import { embeddedLog } from '../../projections/support/embedded-log.ts'
import { indexesIn } from './node-on.ts'

const step = { account: 1, session: 0, back: 0, wait: 0 }
const { db: source, commit } = embeddedLog()
const events = commit(
  ...linesOf([
    { ...step, verb: 'grant' },
    { ...step, verb: 'wrapped' },
    { ...step, verb: 'disabled' },
    { ...step, verb: 'enabled' },
  ]),
)
source.close()

const writerOn = (db: Database.Database) => {
  const models = openProjector(db, localLog(db, 'copy'))
  return replicaWriter(copyRows(db, models), models)
}

describe('the file of a node', () => {
  let db: Database.Database
  let keep: ReturnType<typeof replicaWriter>
  beforeEach(() => {
    db = new Database(':memory:')
    db.exec(copySchema)
    keep = writerOn(db)
  })
  afterEach(() => db.close())

  const batchOf = (some: readonly RecordedEvent[], after: number, isLive = false) => {
    const batch = emptyBatch(after, isLive)
    for (const event of some) addTo(batch, event)
    return batch
  }
  const rows = () => ({ events: db.prepare('SELECT * FROM event').raw().all(), ...contents(db) })
  const kept = () => db.prepare('SELECT position FROM event ORDER BY position').pluck().all()

  test.each([false, true])('takes what follows, key streams by their position only (with index: %s)', (isLive) => {
    expect(keep(batchOf(events.slice(0, 4), 0, isLive))).toEqual({ failure: null })
    expect(keep(batchOf(events.slice(4), 4))).toEqual({ failure: null })
    expect(kept()).toEqual([1, 2, 3, 4, 6, 7])
  })

  test.each([
    ['leaves out one of its stream', () => [events[6] as RecordedEvent], 'revision 2 of'],
    ['comes a second time', () => [{ ...(events[0] as RecordedEvent), position: 9 }], 'revision 0 of'],
  ])('takes nothing of a batch with an event that %s, with and without its index', (_what, wrong, detail) => {
    for (const isLive of [false, true]) {
      keep('wipe')
      keep(batchOf(events.slice(0, 4), 0, isLive))
      const before = rows()
      const { failure } = keep(batchOf([events[5] as RecordedEvent, ...wrong()].slice(detail.includes('2') ? 1 : 0), 4, isLive))
      expect(failure?.type).toBe('gap')
      expect(failure?.detail).toContain(detail)
      expect(rows()).toEqual(before)
    }
  })

  test('refuses a batch that does not go on from where it is, after one that failed for instance', () => {
    keep(batchOf(events.slice(0, 2), 0))
    expect(keep(batchOf(events.slice(5), 4))).toEqual({ failure: { type: 'gap', detail: 'what follows on position 4 came at position 2' } })
    expect(keep(batchOf(events.slice(2), 2))).toEqual({ failure: null })
  })

  test('is as good as new when it was wiped', () => {
    keep(batchOf(events, 0, true))
    const [before, indexes] = [rows(), indexesIn(db)]
    keep('wipe')
    expect([
      kept(),
      db.prepare('SELECT * FROM checkpoint').all(),
      db.prepare('SELECT DISTINCT position FROM read_model').pluck().all(),
    ]).toEqual([[], [], [0]])
    keep(batchOf(events, 0, true))
    expect(rows()).toEqual(before)
    expect(indexesIn(db)).toEqual(indexes)
  })

  test('is opened with its indexes where it was left without them', () => {
    keep(batchOf(events, 0))
    expect(indexesIn(db)).not.toContain('event_in_stream')
    writerOn(db)
    expect(indexesIn(db)).toContain('event_in_stream')
    expect(indexesIn(db).filter((name) => name.startsWith('audit')).length).toBeGreaterThan(1)
  })
})
