import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Cursor, Cursors } from '../../application/following/cursors.ts'
import { createFile, writeWholeFile } from '../files/durable-file.ts'

const Stored = t.strict({
  position: t.number,
  handled: t.union([t.strict({ position: t.number, id: t.string }), t.null]),
})

const textOf = (cursor: Cursor) => `${JSON.stringify(cursor)}\n`

const cursorIn = (text: string): Cursor | undefined => {
  try {
    const decoded = Stored.decode(JSON.parse(text))
    return isRight(decoded) ? decoded.right : undefined
  } catch {
    return undefined
  }
}

/** One file for each name, in `cursors` in the data directory. A name must be a safe file name. */
export function cursorFiles(dataDir: string): Cursors {
  const folder = join(dataDir, 'cursors')
  const fileOf = (name: string) => join(folder, `${name}.json`)
  return {
    find: (name) => {
      const file = fileOf(name)
      if (!existsSync(file)) return undefined
      const cursor = cursorIn(readFileSync(file, 'utf8'))
      if (cursor === undefined) throw new Error(`${file} is not a cursor: put it back, or remove it to begin anew`)
      return cursor
    },
    create: (name, cursor) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      createFile(fileOf(name), textOf(cursor))
    },
    save: (name, cursor) => writeWholeFile(fileOf(name), Buffer.from(textOf(cursor))),
  }
}
