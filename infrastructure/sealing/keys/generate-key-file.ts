import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const flush = (path: string) => {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const write = (path: string, text: string) => {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Writes a random key in base64 to `path`, mode 0600, and has it on disk before it answers `true`. The file appears whole or
 * not at all, and one that is there already stays: written aside, then linked, which fails if the name is taken.
 */
export function generateKeyFile(path: string, bytes: number): boolean {
  const aside = `${path}.${randomBytes(8).toString('hex')}`
  try {
    write(aside, `${randomBytes(bytes).toString('base64')}\n`)
    linkSync(aside, path)
    flush(dirname(path))
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
  } finally {
    rmSync(aside, { force: true })
  }
}
