import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { fromCanonical } from '../cipher/encoding.ts'
import { generateKeyFile } from './generate-key-file.ts'

type Variable = 'MASTER_KEY' | 'MASTER_KEY_FILE' | 'DATA_DIR'

/** Names the variable, never its value or the content of the file. */
export type MasterKeyFailure =
  | { readonly type: 'two_master_keys' }
  | { readonly type: 'malformed_master_key'; readonly variable: Variable }
  | { readonly type: 'master_key_missing'; readonly variable: Variable }
  | { readonly type: 'master_key_unreadable'; readonly variable: Variable }
  | { readonly type: 'master_key_readable_by_others'; readonly variable: Variable }
  | { readonly type: 'master_key_writable_by_others'; readonly variable: Variable }
  | { readonly type: 'master_key_unwritable'; readonly variable: Variable }

/** `logIsNew`: nothing was ever written to the log. */
export type MasterKeySources = {
  readonly MASTER_KEY?: string | undefined
  readonly MASTER_KEY_FILE?: string | undefined
  readonly dataDir: string
  readonly logIsNew: boolean
}

const fileName = 'master.key'
const keyLength = 32
const largestFile = 1024
const othersMay = 0o077
const othersMayWrite = 0o022

const decode = (text: string, variable: Variable): Either<MasterKeyFailure, Buffer> => {
  const key = fromCanonical(text, 'base64')
  return key?.length === keyLength ? right(key) : left({ type: 'malformed_master_key', variable })
}

const read = (path: string, variable: Variable): Either<MasterKeyFailure, Buffer> => {
  try {
    const found = statSync(path)
    if (!found.isFile()) return left({ type: 'master_key_unreadable', variable })
    if ((found.mode & othersMayWrite) !== 0) return left({ type: 'master_key_writable_by_others', variable })
    if (variable === 'DATA_DIR' && (found.mode & othersMay) !== 0) return left({ type: 'master_key_readable_by_others', variable })
    if (found.size > largestFile) return left({ type: 'malformed_master_key', variable })
    return decode(readFileSync(path, 'utf8').trimEnd(), variable)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return left({ type: missing ? 'master_key_missing' : 'master_key_unreadable', variable })
  }
}

/** Docker and Kubernetes mount secrets that others can read, so this is a warning and no refusal. */
export function othersMayReadKey(file: string): boolean {
  try {
    return (statSync(file).mode & othersMay) !== 0
  } catch {
    return false
  }
}

/** Never generated for a log that has events: it would open nothing. */
export function loadMasterKey(sources: MasterKeySources): Either<MasterKeyFailure, Buffer> {
  const { MASTER_KEY: value, MASTER_KEY_FILE: file, dataDir, logIsNew } = sources
  if (value !== undefined && file !== undefined) return left({ type: 'two_master_keys' })
  if (value !== undefined) return decode(value, 'MASTER_KEY')
  if (file !== undefined) return read(file, 'MASTER_KEY_FILE')
  const path = join(dataDir, fileName)
  const found = read(path, 'DATA_DIR')
  if (!isLeft(found) || found.left.type !== 'master_key_missing' || !logIsNew) return found
  return generateKeyFile(path, keyLength) ? read(path, 'DATA_DIR') : left({ type: 'master_key_unwritable', variable: 'DATA_DIR' })
}
