/** "Gate" and "Gcpy" in ASCII. A replica has no key streams, so it must never be taken for the log. */
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

/** The writer gives out positions above those of both tables, so that none is used twice. */
export const schema = `
  CREATE TABLE event (${columns}, UNIQUE (event_id), UNIQUE (stream, revision)) STRICT;
  CREATE TABLE tombstone (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL UNIQUE
  ) STRICT;
`

/** The index is created when most rows are there: keeping it up to date costs several times as much as the row. */
export const copySchema = `
  CREATE TABLE event (${columns}) STRICT;
  CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL
  ) STRICT;
`
