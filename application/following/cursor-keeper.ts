import type { Cursor } from './cursors.ts'

type Keeping = {
  readonly cursor: Cursor
  readonly save: (cursor: Cursor) => Promise<void>
  /** Called once for each run of failures. */
  readonly onFault: (error: unknown) => void
}

/** Skipped events after which a cursor is saved, so that a start need not read them again. */
const savedEvery = 1_000

/** One save at a time, always of the newest state: a crash repeats what was handled during one. */
export function cursorKeeper({ cursor: begun, save, onFault }: Keeping) {
  let cursor = begun
  let due = begun
  let saved = begun
  let skipped = 0
  let isFailing = false
  let saving: Promise<void> | null = null

  const saveAll = async () => {
    while (due !== saved) {
      const next = due
      try {
        await save(next)
        saved = next
        isFailing = false
      } catch (error) {
        if (!isFailing) onFault(error)
        isFailing = true
        return
      }
    }
  }
  const begin = () => {
    skipped = 0
    due = cursor
    saving ??= saveAll().finally(() => {
      saving = null
    })
    return saving
  }
  return {
    handled: (position: number, id: string) => {
      cursor = { position, handled: { position, id } }
      void begin()
    },
    skipped: (position: number, count: number) => {
      if (position === cursor.position) return
      cursor = { ...cursor, position }
      skipped += count
      if (skipped >= savedEvery) void begin()
    },
    /** Settles when the newest state is saved, or could not be. */
    flush: async () => {
      await saving
      await begin()
    },
  }
}
