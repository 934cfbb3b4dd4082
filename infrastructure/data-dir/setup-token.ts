import { hash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyFile } from '../sealing/keys/generate-key-file.ts'

const fileName = 'setup.token'
const digest = (text: string) => hash('sha256', text, 'buffer')

const generated = (file: string) => {
  generateKeyFile(file, 32)
  return { token: readFileSync(file, 'utf8').trim(), file }
}

export function setupToken(dataDir: string, configured: string | undefined) {
  const { token, file } = configured === undefined ? generated(join(dataDir, fileName)) : { token: configured, file: null }
  const expected = digest(token)
  return { token, file, matches: (presented: string) => timingSafeEqual(digest(presented), expected) }
}
