import type { NumberPurpose, SealedNumbers } from '../../application/ports/sealed-numbers.ts'
import { text } from '../codecs/primitives.ts'
import type { ProblemAnswer } from '../problems.ts'

export const Cursor = text(1, 64)

const garbled: ProblemAnswer = { problem: 'VALIDATION_FAILED', errors: [{ path: 'cursor', expected: '`next` of an earlier response' }] }

type Sealing = { readonly numbers: SealedNumbers }

/** Cursors are sealed, because the number in them tells how much has happened to everybody. */
export function fromCursor<Answer>(
  { numbers }: Sealing,
  purpose: NumberPurpose,
  cursor: string | undefined,
  answer: (from: number | undefined) => Answer,
): Answer | ProblemAnswer {
  if (cursor === undefined) return answer(undefined)
  const from = numbers.open(purpose, cursor)
  return from === undefined ? garbled : answer(from)
}

export function nextCursor({ numbers }: Sealing, purpose: NumberPurpose, next: number | null): string | null {
  return next === null ? null : numbers.seal(purpose, next)
}
