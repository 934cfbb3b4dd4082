import { readFile } from 'node:fs/promises'
import { codeOf } from '../../event-store/sqlite/sqlite-error.ts'
import { writeWholeFile } from '../../files/durable-file.ts'
import { readCheckpoint, type SignedCheckpoint } from '../notes/checkpoint.ts'
import type { Send } from './target.ts'

const contentOf = async (file: string) => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** `leadsTo`: whether the log of today begins with that one. The file is a witness, so a log that was rolled back must not replace it. */
export function toFile(file: string, leadsTo: (earlier: SignedCheckpoint) => Promise<boolean>): Send {
  return async ({ note }) => {
    try {
      const before = await contentOf(file)
      if (before === note) return null
      const earlier = before === null ? undefined : readCheckpoint(before)
      if (before !== null && earlier === undefined) return 'the file holds something else than a checkpoint'
      if (earlier !== undefined && !(await leadsTo(earlier)))
        return 'the log does not lead to the checkpoint in the file: it is kept, see docs/proofs.md'
      await writeWholeFile(file, Buffer.from(note))
      return null
    } catch (error) {
      return `the file cannot be written: ${codeOf(error)}`
    }
  }
}
