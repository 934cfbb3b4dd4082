/** What is wrong with a log, and where. Positions are those of the log; `after` is the last one that is known to be right. */
export type Finding =
  | { readonly type: 'changed' | 'missing' | 'inserted'; readonly position: number }
  /** The log is too short. With tiles, `after` is its end; without, events between `after` and the end may be missing as well. */
  | { readonly type: 'cut'; readonly after: number; readonly end: number; readonly events: number; readonly expected: number }
  /** The tiles fit the log, so both were made anew: what differs is behind `after`, up to `through`. */
  | { readonly type: 'rewritten'; readonly after: number; readonly through: number; readonly checkpoint: string }
  /** The log fits a checkpoint, and the tiles do not fit the log. */
  | { readonly type: 'tiles'; readonly position: number | null }

/** `name`: how a reader finds it again. */
export type KnownHead = { readonly size: number; readonly root: Uint8Array; readonly name: string }
