import type { historyTexts } from '../../../texts/account.ts'
import type { HistoryEntry } from './entry.ts'

type Texts = (typeof historyTexts)['en']

const named = new Set(['RoleGranted', 'RoleWithdrawn', 'ClaimAsserted', 'ClaimRetracted', 'ConsentGiven', 'ConsentWithdrawn'])
const reasoned = new Set([
  'SessionRevoked',
  'AllSessionsRevoked',
  'OtherSessionsRevoked',
  'SecondFactorRemoved',
  'TotpEnrollmentVoided',
  'ChallengeVoided',
])

const firstIn = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? null

/** What the summary of the service adds to the title, in the person's language as far as there are texts. Null if it adds nothing. */
export function entryDetail({ type, summary }: HistoryEntry, { reasons, attempts }: Texts): string | null {
  if (named.has(type)) return firstIn(summary, /("(?:[^"\\]|\\.)*")/)
  if (type === 'LoginAttemptsRefused') return attempts(Number.parseInt(summary, 10))
  if (!reasoned.has(type)) return null
  const reason = firstIn(summary, /\((.+)\)$/)
  return reason === null ? null : (reasons[reason] ?? reason)
}
