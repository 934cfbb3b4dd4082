/** "Gate" and "Gcpy" in ASCII. A replica has no key streams, so it must never be taken for the log. */
export const applicationIds = { log: 0x47617465, copy: 0x47637079 } as const

export type FileKind = keyof typeof applicationIds

/** Kept in `user_version`. A file with a newer version is refused. */
export const schemaVersions: Readonly<Record<FileKind, number>> = { log: 2, copy: 3 }

/** The oldest version that is read as it is, and brought up to date when it is opened for writing. */
export const oldestSchemas: Readonly<Record<FileKind, number>> = { log: 1, copy: 3 }

/** Shadows the table on a connection that may not change the file. */
export const viewOfVersion1 = `
  CREATE TEMP VIEW event AS SELECT position, stream, revision, event_id, type, version, data, actor, correlation_id, causation_id,
    recorded_at, NULL AS session_id FROM main.event`

/** Changes no row: a column that is added last is read as NULL where it is missing. */
export const upgradeFromVersion1 = 'ALTER TABLE event ADD COLUMN session_id TEXT'

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
    recorded_at TEXT NOT NULL,
    session_id TEXT`

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
