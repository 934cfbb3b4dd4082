import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A file or a folder. */
export function flush(path: string) {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** After a crash the file has one of the two names, and all of its content. */
export function publishFile(draft: string, path: string) {
  flush(draft)
  renameSync(draft, path)
  flush(dirname(path))
}

/** Throws `EEXIST` if the name is taken: linking, unlike renaming, replaces nothing. After a crash or a failure the file is whole or not there. */
export function publishNewFile(draft: string, path: string) {
  flush(draft)
  linkSync(draft, path)
  try {
    rmSync(draft)
    flush(dirname(path))
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

/** Throws `EEXIST` if the name is taken. */
export function createFile(path: string, content: string) {
  const draft = `${path}.${randomUUID()}`
  try {
    writeFileSync(draft, content, { flag: 'wx', mode: 0o600 })
    publishNewFile(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** The draft is `.<name>.part` in the same folder. One that a crash left is replaced: its name is for one writer at a time. */
export async function writeWholeFile(path: string, content: Uint8Array) {
  const folder = dirname(path)
  const draft = join(folder, `.${basename(path)}.part`)
  try {
    await rm(draft, { force: true })
    await writeFile(draft, content, { flag: 'wx', mode: 0o600, flush: true })
    await rename(draft, path)
    const descriptor = await open(folder, 'r')
    await descriptor.sync().finally(() => descriptor.close())
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
