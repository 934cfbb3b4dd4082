import type { AuthorizationRefused, DataRead, ReadableData, RefusedFor } from '../../../domain/access/events.ts'
import { timeText } from './time-text.ts'

type Read = ReturnType<typeof DataRead>['data']
type Refused = ReturnType<typeof AuthorizationRefused>['data']

const readings: Readonly<Record<ReadableData, string>> = {
  accounts: 'List of accounts read',
  account: 'Account read',
  sessions: 'Sessions read',
  audit: 'Audit trail read',
}

const missing: Readonly<Record<RefusedFor, string>> = {
  ROLE_REQUIRED: 'role missing',
  CLAIM_REQUIRED: 'claim missing',
  ENROLLMENT_REQUIRED: 'second factor missing',
}

export function describeRead({ what, subject }: Read) {
  return subject === null ? readings[what] : `${readings[what]}: ${subject}`
}

export function describeRefusals({ count, refusals, from, to }: Refused) {
  const listed = refusals.map((refused) => `${missing[refused.code]} for ${refused.method} ${refused.route} (${refused.count})`)
  return `${count} ${count === 1 ? 'request' : 'requests'} refused from ${timeText(from)} to ${timeText(to)}: ${listed.join(', ')}`
}
