import { defineReadModel } from '../engine/read-model.ts'
import { sessionHandlers } from './session-handlers.ts'
import { sessionHolderHandlers } from './session-holder-handlers.ts'

/** Whatever ends all sessions of an account writes one row of `session_holders`. Tables and alternatives: ADR 0026. */
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
