/**
 * A log, or a node's copy of one, which has no key streams and must never be taken for the log itself. "Gate" and "Gcpy" in ASCII tell them
 * from each other and from any other SQLite file.
 */
export const applicationIds = { log: 0x47617465, copy: 0x47637079 } as const

export type FileKind = keyof typeof applicationIds

/** Kept in `user_version`. A file with any other version is refused. */
export const schemaVersions: Readonly<Record<FileKind, number>> = { log: 1, copy: 2 }

const columns = `
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    actor TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id TEXT,
    recorded_at TEXT NOT NULL`

/**
 * Positions are given out by the one writer and are greater than every position in either table, so none is used twice:
 * when the newest events of the log are deleted, their tombstone stands above them.
 */
export const schema = `
  CREATE TABLE event (${columns}, UNIQUE (event_id), UNIQUE (stream, revision)) STRICT;
  CREATE TABLE tombstone (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL UNIQUE
  ) STRICT;
`

/** The index of a replica is created when most of its rows are there, because keeping it up to date costs several times as much as the row. */
export const copySchema = `
  CREATE TABLE event (${columns}) STRICT;
  CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL
  ) STRICT;
`
