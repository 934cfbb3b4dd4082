import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShownCodes } from '../people/unused-codes.ts'

type Kept = { readonly ahead: number; readonly shown: Readonly<Record<string, number>> }

const keptIn = (file: string): Kept => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ahead: 0, shown: {} }
    throw error
  }
}

const keyOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')

/** How far the clock is ahead, and which codes were shown: kept with the log, so that a server that is started on it again goes on. */
export function keptState(dataDir: string) {
  const file = join(dataDir, 'testing.json')
  let kept = keptIn(file)
  const keep = (changed: Partial<Kept>) => {
    kept = { ...kept, ...changed }
    writeFileSync(`${file}.part`, JSON.stringify(kept), { mode: 0o600 })
    renameSync(`${file}.part`, file)
  }
  const shown: ShownCodes = {
    get: (secret) => kept.shown[keyOf(secret)],
    set: (secret, step) => keep({ shown: { ...kept.shown, [keyOf(secret)]: step } }),
  }
  return { shown, ahead: () => kept.ahead, advance: (milliseconds: number) => keep({ ahead: kept.ahead + milliseconds }) }
}
