import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The encodings in which a canary could appear. */
const shapesOf = (canary: string): readonly string[] => [
  canary,
  Buffer.from(canary).toString('base64').replace(/=+$/, ''),
  Buffer.from(canary).toString('base64url'),
  Buffer.from(canary).toString('hex'),
  encodeURIComponent(canary),
]

/** The names of the canaries in a text. */
export const canariesIn = (text: string, canaries: Readonly<Record<string, string>>): readonly string[] => {
  const folded = text.toLowerCase()
  return Object.entries(canaries).flatMap(([name, canary]) =>
    shapesOf(canary).some((shape) => folded.includes(shape.toLowerCase())) ? [name] : [],
  )
}

const filesBelow = (folder: string): Readonly<Record<string, string>> => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]))
}

const isGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Returns `file: canary` for every canary in every file below a folder. Bytes are read as Latin-1. A renamed file is searched again. */
export const canariesBelow = (folder: string, canaries: Readonly<Record<string, string>>): readonly string[] => {
  try {
    return Object.entries(filesBelow(folder)).flatMap(([name, text]) => canariesIn(text, canaries).map((canary) => `${name}: ${canary}`))
  } catch (error) {
    if (isGone(error)) return canariesBelow(folder, canaries)
    throw error
  }
}
