import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyFile } from '../sealing/keys/generate-key-file.ts'
import { secretMatcher } from '../tokens/secret-matcher.ts'

const fileName = 'setup.token'

const generated = (file: string) => {
  generateKeyFile(file, 32)
  chmodSync(file, 0o600)
  return { token: readFileSync(file, 'utf8').trim(), file }
}

export function setupToken(dataDir: string, configured: string | undefined) {
  const { token, file } = configured === undefined ? generated(join(dataDir, fileName)) : { token: configured, file: null }
  return { token, file, matches: secretMatcher(token) }
}
