import { hash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyFile } from '../infrastructure/sealing/generate-key-file.ts'

const fileName = 'setup.token'
const digest = (text: string) => hash('sha256', text, 'buffer')

/** The token that makes the first administrator: as configured, or generated once (256 bits, mode 0600) and kept in the data directory. */
export const setupToken = (dataDir: string, configured: string | undefined) => {
  const file = join(dataDir, fileName)
  if (configured === undefined) generateKeyFile(file, 32)
  const token = configured ?? readFileSync(file, 'utf8').trim()
  const expected = digest(token)
  return { token, file, matches: (presented: string) => timingSafeEqual(digest(presented), expected) }
}
