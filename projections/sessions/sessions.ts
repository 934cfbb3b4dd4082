import { defineReadModel } from '../engine/read-model.ts'
import { sessionHandlers } from './session-handlers.ts'
import { sessionHolderHandlers } from './session-holder-handlers.ts'

/**
 * For the guards: who a token belongs to. Its rows are lean, for there may be ten million of them and each request asks for one.
 *
 * `sessions` is keyed by token (see token-slot.ts), `session_devices` by session id (what a person recognises a session by, sealed), and
 * `session_holders` by account. Whatever ends all sessions of an account writes one row there: a session lives while the account revision that
 * it was bound to at its grant is not older than `ended`, or if it is the one that was `kept`. So one that is recorded late is born dead.
 *
 * A session's own end deletes its rows. Those that ended with their account or by time alone wait for their absolute expiry: each grant removes
 * a few of these (by its own time, so that a rebuild does the same), never all at once.
 */
export function sessionsWith(greatestUnwritten: number) {
  return defineReadModel({
    name: 'sessions',
    version: 2,
    tables: {
      sessions: `(
      slot INTEGER PRIMARY KEY,
      hash BLOB NOT NULL,
      id BLOB NOT NULL,
      holder INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      granted_at INTEGER NOT NULL,
      last_seen_at INTEGER NOT NULL,
      idle_expires_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      elevated_until INTEGER,
      factors TEXT NOT NULL
    ) STRICT`,
      session_devices: `(
      id BLOB PRIMARY KEY,
      slot INTEGER NOT NULL,
      holder INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      address TEXT NOT NULL,
      user_agent TEXT
    ) STRICT, WITHOUT ROWID`,
      session_holders: `(
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      active INTEGER NOT NULL,
      ended INTEGER NOT NULL,
      kept BLOB,
      roles TEXT NOT NULL,
      claims TEXT NOT NULL
    ) STRICT`,
    },
    indexes: [
      { on: 'session_devices', columns: '(holder)' },
      { on: 'session_devices', columns: '(expires_at)', neededByHandlers: true },
    ],
    open: (db, tables) => {
      const holders = sessionHolderHandlers(db, tables)
      const own = sessionHandlers(db, tables, holders.numberOf, greatestUnwritten)
      const forget = () => {
        holders.forget()
        own.forget()
      }
      return { handlers: { ...holders.handlers, ...own.handlers }, flush: own.flush, forget }
    },
  })
}

/** About 40 MB of sessions wait to be written at most. */
export const sessions = sessionsWith(50_000)
