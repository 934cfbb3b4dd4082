/**
 * Why the log cannot be opened. `detail` is a sentence for the operator: it names files, never what stands in them.
 *
 * - `missing`: the file should exist and does not; nothing was created.
 * - `damaged`: not a SQLite file, not a Gatebook log, cut off, or it fails the integrity check.
 * - `newer_schema`: written by a newer Gatebook.
 * - `older_schema`: written by an older Gatebook, and this one does not convert it.
 * - `locked`: another process uses the data directory.
 * - `old_library`: this SQLite can corrupt a write-ahead log.
 * - `not_durable`: WAL with `synchronous=FULL` was asked for and is not what the connection has.
 * - `read_only`: the file or its folder cannot be written.
 * - `projection_failed`: the log is sound, the read models could not be opened.
 * - `unavailable`: anything else, a full disk for one.
 */
export type SqliteStartFailure = {
  readonly type:
    | 'missing'
    | 'damaged'
    | 'newer_schema'
    | 'older_schema'
    | 'locked'
    | 'old_library'
    | 'not_durable'
    | 'read_only'
    | 'projection_failed'
    | 'unavailable'
  readonly detail: string
}

// Thrown while opening, caught at the edge of the adapter.
export class CannotStart extends Error {
  readonly failure: SqliteStartFailure

  constructor(detail: string, { type, cause }: { readonly type: SqliteStartFailure['type']; readonly cause?: unknown }) {
    super(detail, { cause })
    this.failure = { type, detail }
  }
}
