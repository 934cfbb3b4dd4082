import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The shapes in which something may lie about: as it is, and as somebody may have written it down. */
const shapesOf = (canary: string): readonly string[] => [
  canary,
  Buffer.from(canary).toString('base64').replace(/=+$/, ''),
  Buffer.from(canary).toString('base64url'),
  Buffer.from(canary).toString('hex'),
  encodeURIComponent(canary),
]

/** Which canaries stand in a text, by name. */
export const canariesIn = (text: string, canaries: Readonly<Record<string, string>>): readonly string[] => {
  const folded = text.toLowerCase()
  return Object.entries(canaries).flatMap(([name, canary]) =>
    shapesOf(canary).some((shape) => folded.includes(shape.toLowerCase())) ? [name] : [],
  )
}

/** `file: canary` for every canary in every file below a folder, octets read as Latin-1 so that none is lost. */
export const canariesBelow = (folder: string, canaries: Readonly<Record<string, string>>): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isFile() ? canariesIn(readFileSync(path, 'latin1'), canaries).map((canary) => `${name}: ${canary}`) : []
  })
