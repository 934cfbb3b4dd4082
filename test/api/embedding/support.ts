import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GatebookOptions, openGatebook } from 'gatebook'
import { cheap, password } from '../../library/support.ts'

export const body = (name: string) => ({ email: `${name}@example.org`, password, transport: 'bearer' })

/** Gatebook in a directory of its own, which is removed when it is closed. */
export const openEmbedded = async (options: GatebookOptions = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-embedding-'))
  const gatebook = await openGatebook({ ...cheap, dataDir, ...options })
  return { gatebook, dataDir, remove: () => rmSync(dataDir, { recursive: true }) }
}

/** Lines of a logger such as pino's. */
export const recordedLines = () => {
  const lines: { readonly level: string; readonly fields: object; readonly line: string }[] = []
  const write = (level: string) => (fields: object, line: string) => void lines.push({ level, fields, line })
  const logger = {
    fatal: write('fatal'),
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
  }
  return { logger, lines, texts: () => lines.map(({ line }) => line) }
}
