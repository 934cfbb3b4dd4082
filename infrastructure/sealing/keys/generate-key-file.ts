import { randomBytes } from 'node:crypto'
import { createFile } from '../../files/durable-file.ts'

/** Base64, mode 0600. An existing file stays. `false` if there is none afterwards. */
export function generateKeyFile(path: string, bytes: number): boolean {
  try {
    createFile(path, `${randomBytes(bytes).toString('base64')}\n`)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
  }
}
