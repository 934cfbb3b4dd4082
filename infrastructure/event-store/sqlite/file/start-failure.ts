/** `detail` names files, never their content. `projection_failed`: the log is sound, its read models are not. */
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
    | 'disk_full'
    | 'writable_by_others'
    | 'projection_failed'
    | 'unavailable'
  readonly detail: string
}

export class CannotStart extends Error {
  readonly failure: SqliteStartFailure

  constructor(detail: string, { type, cause }: { readonly type: SqliteStartFailure['type']; readonly cause?: unknown }) {
    super(detail, { cause })
    this.failure = { type, detail }
  }
}
