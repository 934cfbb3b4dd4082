import { defineReadModel } from '../engine/read-model.ts'
import { sessionHandlers } from './session-handlers.ts'
import { sessionHolderHandlers } from './session-holder-handlers.ts'
import { sessionKeyHandlers } from './session-key-handlers.ts'

/** Whatever ends all sessions of an account writes one row of `session_holders`, and of a key one of `session_keys`. Alternatives: ADR 0030. */
export const sessions = defineReadModel({
  name: 'sessions',
  version: 6,
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
      user_agent TEXT,
      identity BLOB,
      key_sequence INTEGER NOT NULL
    ) STRICT`,
    /** Of the current key, which ends at `key_ends` if another one was proposed. */
    session_keys: `(
      identity BLOB PRIMARY KEY,
      sequence INTEGER NOT NULL,
      pending INTEGER,
      key_ends INTEGER
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
  indexes: [
    { on: 'sessions', columns: '(token_hash)' },
    { on: 'sessions', columns: '(account, id)' },
    { on: 'session_keys', columns: '(key_ends) WHERE key_ends IS NOT NULL' },
  ],
  open: (db, tables) => {
    const { handlers, erase } = sessionHandlers(db, tables)
    return { handlers: { ...sessionHolderHandlers(db, tables), ...handlers, ...sessionKeyHandlers(db, tables) }, erase }
  },
})
