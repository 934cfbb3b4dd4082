/** How far a named handler has come. `handled`: the newest event that it handled, to recognize the log by. */
export type Cursor = { readonly position: number; readonly handled: { readonly position: number; readonly id: string } | null }

/** On disk when the call has succeeded. `find` and `create` throw, `save` rejects. */
export type Cursors = {
  readonly find: (name: string) => Cursor | undefined
  readonly create: (name: string, cursor: Cursor) => void
  readonly save: (name: string, cursor: Cursor) => Promise<void>
}
