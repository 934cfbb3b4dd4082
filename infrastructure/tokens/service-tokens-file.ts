import { readFileSync, statSync } from 'node:fs'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { isServiceToken } from '../configuration/readers.ts'

/** Never repeats what was read. */
export type ServiceTokensFailure = { readonly type: 'service_tokens_unusable'; readonly detail: string }

const maxBytes = 65_536
const othersMayWrite = 0o022

const unusable = (text: string) => left({ type: 'service_tokens_unusable' as const, detail: `SERVICE_TOKENS_FILE: ${text}` })

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** One `name:token` a line. Who may write the file could let anybody ask, so others may not. */
export function readServiceTokens(path: string | undefined): Either<ServiceTokensFailure, readonly string[]> {
  if (path === undefined) return right([])
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile() !== true || found.size > maxBytes) return unusable(`expected a readable file of at most ${maxBytes / 1024} KiB`)
  if ((found.mode & othersMayWrite) !== 0) return unusable('other users may write the file')
  const text = read(path)
  if (text === undefined) return unusable('expected a readable file')
  const lines = text.split(/\r?\n/)
  const wrong = lines.findIndex((line) => line !== '' && !isServiceToken(line))
  if (wrong !== -1) return unusable(`line ${wrong + 1}: expected name:token, with a token of 32 to 256 printable characters`)
  return right(lines.filter((line) => line !== ''))
}
