import { type FileHandle, open } from 'node:fs/promises'

const hashLength = 40
/** A line is a hash, a colon, a count and a line end: less than this. */
const longestLine = 64

const lineShape = /^[0-9A-F]{40}:[0-9]+$/i

/** The first whole line at or after `offset`, and where it starts. */
const lineAfter = async (file: FileHandle, offset: number) => {
  const from = Math.max(0, offset - 1)
  const buffer = Buffer.alloc(2 * longestLine + 1)
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
  const text = buffer.toString('latin1', 0, bytesRead)
  const start = offset === 0 ? 0 : text.indexOf('\n') + 1
  if (offset !== 0 && start === 0) return undefined
  const end = text.indexOf('\n', start)
  const line = (end === -1 ? text.slice(start) : text.slice(start, end)).trimEnd()
  if (line === '') return undefined
  if (!lineShape.test(line)) throw new Error('not a file of HASH:COUNT lines')
  return { start: from + start, hash: line.slice(0, hashLength).toUpperCase() }
}

/** Binary search on the disk: some 36 reads in the file of a billion passwords. Opened each time, so that it can be replaced while running. */
export const inBreachedFile = (path: string) => async (hash: string) => {
  const file = await open(path)
  try {
    let low = 0
    let high = (await file.stat()).size
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const line = await lineAfter(file, middle)
      if (line === undefined || line.hash > hash) high = middle
      else if (line.hash === hash) return true
      else low = Math.max(middle + 1, line.start + 1)
    }
    return false
  } finally {
    await file.close()
  }
}

/** Whether the file begins as one of the public downloads does. */
export async function isBreachedFile(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      return (await lineAfter(file, 0)) !== undefined
    } finally {
      await file.close()
    }
  } catch {
    return false
  }
}
