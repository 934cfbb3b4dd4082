import crypto from 'node:crypto'
import type { Task } from 'fp-ts/lib/Task.js'
import { inBreachedFile, isBreachedFile } from './breached-file.ts'
import { inBreachedRange } from './breached-range.ts'

export type BreachOutcome = 'clear' | 'breached' | 'failed'

type Look = (hash: string) => Promise<boolean>

const isUrl = (source: string) => /^https?:/i.test(source)

const lookIn = (source: string): Look => (isUrl(source) ? inBreachedRange(source) : inBreachedFile(source))

/** A service is not asked: it may be away at the start. */
export async function isUsableBreachSource(source: string | undefined): Promise<boolean> {
  return source === undefined || isUrl(source) || isBreachedFile(source)
}

/** Fails open: a list that cannot be reached keeps nobody from choosing a password. SHA-1 is the form of the public lists. */
export const isBreachedIn =
  (source: string | undefined, observe: (outcome: BreachOutcome) => void) =>
  (password: string): Task<boolean> =>
  async () => {
    if (source === undefined) return false
    try {
      const isBreached = await lookIn(source)(crypto.hash('sha1', password.normalize('NFC'), 'hex').toUpperCase())
      observe(isBreached ? 'breached' : 'clear')
      return isBreached
    } catch {
      observe('failed')
      return false
    }
  }
