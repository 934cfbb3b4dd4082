import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { type CopyStatus, compareLogs } from './compare-logs.ts'
import { type CopyFailure, sourceFailed } from './copy-failure.ts'
import { comparingProgress, type OnProgress } from './copy-log.ts'
import type { CopySource } from './copyable-log.ts'
import { deletions } from './deletions.ts'

export type VerifyCopy = { readonly from: CopySource; readonly to: CopySource; readonly progress?: OnProgress }

export async function verifyCopy({ from, to, progress }: VerifyCopy): Promise<Either<CopyFailure, CopyStatus>> {
  const names = await deletions(from, to)
  if (isLeft(names)) return names
  const found = await compareLogs(from, to, names.right.deleted, comparingProgress(progress))
  if (isLeft(found)) return found
  const { source, events } = found.right
  const next = await from.readAll(source.position, 1)()
  if (isLeft(next)) return sourceFailed(next.left)
  const isWhole = next.right.length === 0 && names.right.missing.length === 0
  return isWhole ? found : left({ type: 'incomplete', events })
}
