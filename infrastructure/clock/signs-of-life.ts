import { statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

/** The time of the lock file tells when a process last ran on the data directory. */
export function signsOfLife(dataDir: string) {
  const file = join(dataDir, 'gatebook.lock')
  return {
    /** Milliseconds since 1970; 0 if there is none. */
    last: () => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    give: (at: number) => {
      try {
        utimesSync(file, at / 1000, at / 1000)
      } catch {}
    },
  }
}
