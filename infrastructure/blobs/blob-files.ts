import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { BlobAddress, Blobs } from '../../application/ports/blobs.ts'
import type { Fingerprint, Sha256 } from '../../domain/kernel/ids.ts'
import { Sealed } from '../../domain/kernel/sealed.ts'
import { writeWholeFile } from '../files/durable-file.ts'

const nameShape = /^([0-9a-f]{64})-([0-9a-f]{64})$/

const isDraft = (name: string) => /^\.[0-9a-f]{64}-[0-9a-f]{64}\.part$/.test(name)

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown error')

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(codeOf(error))

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex') as Sha256

const attempt = <Done>(work: () => Promise<Done>) =>
  TE.tryCatch(work, (error) => ({ type: 'unavailable' as const, detail: `the files of blobs: ${codeOf(error)}` }))

const flushFolder = async (path: string) => {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** `<folder>/<first two digits>/<fingerprint>-<address>`, so that what one identity has is found without the log. */
export function blobFiles(folder: string) {
  const shardOf = (fingerprint: Fingerprint) => join(folder, fingerprint.slice(0, 2))
  const pathOf = ({ fingerprint, address }: BlobAddress) => join(shardOf(fingerprint), `${fingerprint}-${address}`)

  const makeShard = async (fingerprint: Fingerprint) => {
    const shard = shardOf(fingerprint)
    if ((await mkdir(shard, { recursive: true, mode: 0o700 })) === undefined) return
    await flushFolder(folder)
    await flushFolder(dirname(folder))
  }

  const readWhole = async (blob: BlobAddress) => {
    try {
      const text = await readFile(pathOf(blob), 'utf8')
      return Sealed.is(text) && sha256(text) === blob.address ? text : null
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  const blobs: Blobs = {
    write: (fingerprint, sealed) =>
      attempt(async () => {
        const blob = { fingerprint, address: sha256(sealed) }
        await makeShard(fingerprint)
        await writeWholeFile(pathOf(blob), Buffer.from(sealed))
        return blob
      }),
    read: (blob) => attempt(() => readWhole(blob)),
    remove: (blob) => attempt(() => rm(pathOf(blob), { force: true })),
    removeAll: (fingerprint) =>
      attempt(async () => {
        const shard = shardOf(fingerprint)
        const names = (await namesIn(shard)).filter((name) => name.startsWith(`${fingerprint}-`))
        for (const name of names) await rm(join(shard, name), { force: true })
      }),
  }

  const isOlder = async (path: string, age: number) => {
    if (age === 0) return true
    const found = await stat(path).catch(() => null)
    return found !== null && found.mtimeMs <= Date.now() - age
  }

  const oldIn = async (shard: string, age: number): Promise<readonly BlobAddress[]> => {
    const found: BlobAddress[] = []
    for (const name of await namesIn(shard)) {
      const [, fingerprint, address] = nameShape.exec(name) ?? []
      const isBlob = address !== undefined
      if (!(isBlob || isDraft(name)) || !(await isOlder(join(shard, name), age))) continue
      if (isBlob) found.push({ fingerprint: fingerprint as Fingerprint, address: address as Sha256 })
      else await rm(join(shard, name), { force: true })
    }
    return found
  }

  /** Those that were written at least that many milliseconds ago. Drafts that a crash left are removed. */
  const writtenBefore = async (age: number): Promise<readonly BlobAddress[]> => {
    const found: (readonly BlobAddress[])[] = []
    for (const shard of await namesIn(folder)) found.push(await oldIn(join(folder, shard), age))
    return found.flat()
  }

  return { blobs, writtenBefore }
}
