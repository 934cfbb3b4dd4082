import { describe, expect, test } from 'vitest'
import { AccountDisabled } from '../../../domain/account/events.ts'
import { accountStream } from '../../../domain/kernel/streams.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { openProjector } from '../../../projections/engine/projector.ts'
import { defineReadModel, type ReadModel } from '../../../projections/engine/read-model.ts'
import { registered } from '../../../projections/engine/registry.ts'
import { accountId } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'
import { linesOf } from '../support/any-history.ts'
import { contents } from '../support/contents.ts'
import { embeddedLog } from '../support/embedded-log.ts'

const stream = accountStream(accountId(1))

const disablings = (version: number, note: string): ReadModel =>
  defineReadModel({
    name: 'disablings',
    version,
    tables: { disablings: '(stream TEXT NOT NULL, note TEXT NOT NULL) STRICT' },
    indexes: [{ on: 'disablings', columns: '(stream)' }],
    open: (db, tables) => {
      const add = db.prepare(`INSERT INTO ${tables.disablings} VALUES (?, ?)`)
      return { handlers: { AccountDisabled: (_, recorded) => add.run(recorded.stream, note) } }
    },
  })

const failing: ReadModel = {
  ...disablings(1, ''),
  open: () => ({
    handlers: {
      AccountDisabled: () => {
        throw new RangeError('somebody@example.org')
      },
    },
  }),
}

describe('the projector', () => {
  test.each([
    ['of a type that never was', { type: 'AccountFrozen', version: 1, data: {} }],
    ['of a version that never was', { type: 'AccountDisabled', version: 9, data: { at: '2026-06-01T12:00:00.000Z' } }],
    ['that is not in its shape', { type: 'AccountDisabled', version: 1, data: { at: 'noon' } }],
    ['of a type that never was, which no read model would want', { type: 'DataKeyRotated', version: 1, data: {} }],
  ])('stops at an event %s, says where, and keeps nothing of its group', (_, event) => {
    const { db, commit } = embeddedLog()
    commit(...linesOf([]))
    const before = contents(db)
    const fine = { stream, event: AccountDisabled({ at: noon }) }
    expect(() => commit(fine, { stream, event })).toThrow(`the projection stopped at ${stream} revision 2 (${event.type}@${event.version})`)
    expect(contents(db)).toEqual(before)
    expect(registered(db).map(({ position }) => position)).toEqual([3, 3, 3, 3, 3])
    db.close()
  })

  test('does not mind an event that no read model handles', () => {
    const { db, commit } = embeddedLog({ models: [disablings(1, '')] })
    commit(...linesOf([{ verb: 'wrapped', account: 1, session: 0, back: 0, wait: 0 }]))
    expect(registered(db)).toMatchObject([{ position: 4 }])
    db.close()
  })

  test('stops when a handler throws, says where and not what, and keeps nothing', () => {
    const { db, commit } = embeddedLog({ models: [failing] })
    const disabling = () => commit({ stream, event: AccountDisabled({ at: noon }) })
    expect(disabling).toThrow(`the projection stopped at ${stream} revision 0 (AccountDisabled@1): RangeError`)
    expect(disabling).not.toThrow('example.org')
    expect(registered(db)).toMatchObject([{ position: 0 }])
    db.close()
  })

  test('refuses an event that it has seen', () => {
    const { db, commit } = embeddedLog()
    const [event] = commit(...linesOf([]))
    expect(() => openProjector(db, localLog(db)).apply(event === undefined ? [] : [event])).toThrow('already seen position 1')
    db.close()
  })
})

describe('at start', () => {
  const disabled = () => {
    const log = embeddedLog({ models: [disablings(1, 'old')] })
    log.commit({ stream, event: AccountDisabled({ at: noon }) })
    return log
  }
  const tables = (log: ReturnType<typeof embeddedLog>) =>
    log.db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'disablings%' ORDER BY name").pluck().all()

  test('a read model of another version is built anew and takes the place of the old one', () => {
    const log = disabled()
    openProjector(log.db, localLog(log.db), { models: [disablings(2, 'new')] })
    expect(contents(log.db)).toEqual({ disablings_v2: [[stream, 'new']] })
    expect(tables(log)).toEqual(['disablings_v2', 'disablings_v2_1'])
    log.db.close()
  })

  test('a read model that the log has left behind is built anew', () => {
    const log = disabled()
    log.recordOnly({ stream, event: AccountDisabled({ at: noon }) })
    openProjector(log.db, localLog(log.db), { models: [disablings(1, 'new')] })
    expect(contents(log.db)).toEqual({
      disablings_v1: [
        [stream, 'new'],
        [stream, 'new'],
      ],
    })
    log.db.close()
  })

  test('a read model that is ahead of the log, as after a backup was put back, is built anew', () => {
    const log = disabled()
    log.db.exec('DELETE FROM event')
    openProjector(log.db, localLog(log.db), { models: [disablings(1, 'new')] })
    expect(contents(log.db)).toEqual({ disablings_v1: [] })
    log.db.close()
  })

  test('a deleted key stream at the end of the log is no reason to build anew', () => {
    const log = disabled()
    log.commit(...linesOf([{ verb: 'wrapped', account: 1, session: 0, back: 0, wait: 0 }]))
    log.db.exec("DELETE FROM event WHERE type = 'DataKeyWrapped'; INSERT INTO tombstone VALUES (6, 'dataKey-person-0')")
    openProjector(log.db, localLog(log.db), { models: [disablings(1, 'new')] })
    expect(contents(log.db)).toEqual({ disablings_v1: [[stream, 'old']] })
    log.db.close()
  })

  test('a read model that is no longer kept goes', () => {
    const log = disabled()
    openProjector(log.db, localLog(log.db), { models: [] })
    expect(tables(log)).toEqual([])
    log.db.close()
  })

  test('one that cannot be built leaves the old one as it was', () => {
    const log = disabled()
    expect(() => openProjector(log.db, localLog(log.db), { models: [{ ...failing, version: 2 }] })).toThrow('the projection stopped')
    expect(contents(log.db)).toEqual({ disablings_v1: [[stream, 'old']] })
    openProjector(log.db, localLog(log.db), { models: [disablings(2, 'new')] })
    expect(contents(log.db)).toEqual({ disablings_v2: [[stream, 'new']] })
    log.db.close()
  })
})
