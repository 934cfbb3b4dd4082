import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** New files are for their owner only, and on disk when the write returns. */
const newFile = { flag: 'wx', mode: 0o600, flush: true } as const

const flush = (path: string) => {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Gives a complete file its name. After a crash it has either name, with all of its content. */
export function publishFile(draft: string, path: string) {
  flush(draft)
  renameSync(draft, path)
  flush(dirname(path))
}

/** Creates a file, all or nothing. Throws `EEXIST` if the name is taken: linking, unlike renaming, replaces nothing. */
export function createFile(path: string, content: string) {
  const draft = `${path}.${randomUUID()}`
  try {
    writeFileSync(draft, content, newFile)
    linkSync(draft, path)
    flush(dirname(path))
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Writes a file, all or nothing, without blocking. Its draft is `.<name>.part` in the same folder. */
export async function writeWholeFile(path: string, content: Uint8Array) {
  const folder = dirname(path)
  const draft = join(folder, `.${basename(path)}.part`)
  try {
    await writeFile(draft, content, newFile)
    await rename(draft, path)
    const descriptor = await open(folder, 'r')
    await descriptor.sync().finally(() => descriptor.close())
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
