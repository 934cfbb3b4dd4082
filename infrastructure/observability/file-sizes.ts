import { stat, statfs } from 'node:fs/promises'

const sizeOf = async (file: string) => {
  try {
    return (await stat(file)).size
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 0 : null
  }
}

/** Bytes of a database and its write-ahead log, or null. */
export async function databaseSize(file: string): Promise<number | null> {
  const [main, log] = await Promise.all([sizeOf(file), sizeOf(`${file}-wal`)])
  return main === null || log === null || main === 0 ? null : main + log
}

/** Of the disk under a directory; null if it cannot be asked. */
export async function diskSpace(directory: string) {
  try {
    const { bavail, blocks, bsize } = await statfs(directory)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    return { freeBytes: null, totalBytes: null }
  }
}
