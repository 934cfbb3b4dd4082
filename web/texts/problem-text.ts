import type { CallName, CodeOf, Problem } from '../client/result.ts'

export type ProblemText = {
  /** A new code of the API does not compile until it has a text here. */
  readonly byCode: Readonly<Record<CodeOf<CallName>, string>>
  /** Why a password was refused. */
  readonly byReason: Readonly<Record<string, string>>
  readonly rejected: string
  readonly other: string
}

export function problemText(
  { byCode, byReason, rejected, other }: ProblemText,
  { code, reason }: Pick<Problem, 'code' | 'reason'>,
): string {
  if (code === 'PASSWORD_REJECTED') return byReason[reason ?? ''] ?? rejected
  return (byCode as Readonly<Record<string, string>>)[code] ?? other
}
