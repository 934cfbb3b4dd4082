import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { rebuildAll } from '../../cli/rebuild.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { linesOf } from '../projections/support/any-history.ts'
import { contents } from '../projections/support/contents.ts'
import { embeddedLog } from '../projections/support/embedded-log.ts'

test('a rebuild by hand mends what was tampered with, and says what it did', async () => {
  const { db, commit } = embeddedLog()
  commit(...linesOf([{ verb: 'grant', account: 1, session: 0, back: 0, wait: 0 }]))
  const before = contents(db)
  db.exec('UPDATE sessions_v6 SET expires_at = 0; DELETE FROM accounts_v7')
  const out = new PassThrough()
  rebuildAll(db, localLog(db), out)
  out.end()
  expect(contents(db)).toEqual(before)
  expect(await text(out)).toMatch(
    /^Rebuilt sessions, accounts, profiles, audit, summaries from 4 events in \d+\.\d s \(\d+ events\/s\)\.\n$/,
  )
  db.close()
})
