import { defineReadModel } from '../engine/read-model.ts'
import { sessionHandlers } from './session-handlers.ts'
import { sessionHolderHandlers } from './session-holder-handlers.ts'

/**
 * Who a token belongs to, for the guards. What no guard reads is in `session_devices`, so that the rows of `sessions` are short.
 *
 * Whatever ends all sessions of an account writes one row of `session_holders`: a session is alive if the account revision that it is bound to
 * is not before `ended`, or if it is the one that was `kept`.
 */
export const sessions = defineReadModel({
  name: 'sessions',
  version: 3,
  tables: {
    sessions: `(
      token_hash BLOB PRIMARY KEY,
      id BLOB NOT NULL,
      account BLOB NOT NULL,
      revision INTEGER NOT NULL,
      granted_at INTEGER NOT NULL,
      last_seen_at INTEGER NOT NULL,
      idle_expires_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      elevated_until INTEGER,
      factors TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    session_devices: `(
      id BLOB PRIMARY KEY,
      token_hash BLOB NOT NULL,
      account BLOB NOT NULL,
      expires_at INTEGER NOT NULL,
      address TEXT NOT NULL,
      user_agent TEXT
    ) STRICT, WITHOUT ROWID`,
    session_holders: `(
      id BLOB PRIMARY KEY,
      active INTEGER NOT NULL,
      ended INTEGER NOT NULL,
      kept BLOB,
      roles TEXT NOT NULL,
      claims TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  indexes: [{ on: 'session_devices', columns: '(account)' }],
  open: (db, tables) => ({ handlers: { ...sessionHolderHandlers(db, tables), ...sessionHandlers(db, tables) } }),
})
