import { defineReadModel } from '../engine/read-model.ts'
import { sessionHandlers } from './session-handlers.ts'
import { sessionHolderHandlers } from './session-holder-handlers.ts'

/** Whatever ends all sessions of an account writes one row of `session_holders`. Alternatives: ADR 0030. */
export const sessions = defineReadModel({
  name: 'sessions',
  version: 5,
  tables: {
    sessions: `(
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      token_hash BLOB NOT NULL,
      account BLOB NOT NULL,
      revision INTEGER NOT NULL,
      granted_at INTEGER NOT NULL,
      last_seen_at INTEGER NOT NULL,
      idle_expires_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      elevated_until INTEGER,
      elevated_by TEXT,
      factors TEXT NOT NULL,
      address TEXT NOT NULL,
      user_agent TEXT
    ) STRICT`,
    session_holders: `(
      id BLOB PRIMARY KEY,
      active INTEGER NOT NULL,
      ended INTEGER NOT NULL,
      kept BLOB,
      roles TEXT NOT NULL,
      claims TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  indexes: [
    { on: 'sessions', columns: '(token_hash)' },
    { on: 'sessions', columns: '(account, id)' },
  ],
  open: (db, tables) => ({ handlers: { ...sessionHolderHandlers(db, tables), ...sessionHandlers(db, tables) } }),
})
