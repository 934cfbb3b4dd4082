import { randomBytes } from 'node:crypto'
import { createFile } from '../../files/durable-file.ts'

/** Writes a random key in base64 to `path`, mode 0600. A file that is already there stays. `false` if there is none in the end. */
export function generateKeyFile(path: string, bytes: number): boolean {
  try {
    createFile(path, `${randomBytes(bytes).toString('base64')}\n`)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
  }
}
