import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { type CopyFailure, different, sourceFailed, targetFailed } from './copy-failure.ts'
import type { CopySource } from './copyable-log.ts'

type Deletions = {
  readonly deleted: ReadonlySet<string>
  readonly missing: readonly string[]
}

/** A name that is deleted only in the target makes it a different log. */
export async function deletions(from: CopySource, to: CopySource): Promise<Either<CopyFailure, Deletions>> {
  const here = await from.deletedKeyStreams()()
  if (isLeft(here)) return sourceFailed(here.left)
  const there = await to.deletedKeyStreams()()
  if (isLeft(there)) return targetFailed(there.left)
  const [deleted, known] = [new Set(here.right), new Set(there.right)]
  if (there.right.some((name) => !deleted.has(name))) return different(0)
  return right({ deleted, missing: here.right.filter((name) => !known.has(name)) })
}
