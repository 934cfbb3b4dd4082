import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generateKeyFile } from '../../../infrastructure/sealing/keys/generate-key-file.ts'

test('a key file that is there already stays as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-key-file-'))
  try {
    const path = join(folder, 'master.key')
    writeFileSync(path, 'first come')
    expect(generateKeyFile(path, 32)).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('first come')
    expect(readdirSync(folder)).toEqual(['master.key'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
