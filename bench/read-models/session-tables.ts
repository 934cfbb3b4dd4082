import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { physicalTables } from '../../projections/engine/read-model.ts'
import { createIndexes, dropIndexes } from '../../projections/engine/tables.ts'
import { sessions as model } from '../../projections/sessions/sessions.ts'

const perAccount = 5

/** The token of the session of this number, as a client sends it. */
export function tokenOf(n: number) {
  return hash('sha256', `token ${n}`, 'base64url')
}

/** What is looked for: the token's SHA-256 in base64url. */
export function tokenHashOf(n: number) {
  return hash('sha256', tokenOf(n), 'base64url')
}

/** Fills the tables of the guards with `count` sessions that live, five to an account, by no events. */
export function fillSessions(db: Database, count: number) {
  const { sessions, session_holders: holders } = physicalTables(model)
  const now = Date.now()
  db.function('token_hash', (n: number) => Buffer.from(tokenHashOf(n), 'base64url'))
  db.function('account_id', (n: number) => hash('sha256', `account ${n}`, 'buffer').subarray(0, 16))
  db.transaction(() => {
    dropIndexes(db, model)
    const series = 'WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)'
    db.prepare(`${series} INSERT INTO ${holders} SELECT account_id(i), 1, 0, NULL, '["reader"]', '{"publisher":true}' FROM n`).run(
      Math.ceil(count / perAccount),
    )
    const times = [now, now, now + 86_400_000, now + 2_592_000_000].join(', ')
    const device = `'${'a'.repeat(120)}', '${'u'.repeat(190)}'`
    db.prepare(
      `${series} INSERT INTO ${sessions} SELECT i + 1, randomblob(16), token_hash(i), account_id(i / ${perAccount}), 0, ${times}, NULL, 'pwd', ${device}
       FROM n`,
    ).run(count)
    createIndexes(db, model)
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
}
