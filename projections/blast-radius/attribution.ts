import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { categoryOf } from '../../domain/kernel/streams.ts'
import type { Attribution } from './derived-entry.ts'
import type { SessionLife } from './session-life.ts'

/** What logins, links and jobs lead to as well, in streams where nobody is let in by a session and in others. */
const withoutSession = new Set(['session', 'login', 'emailClaim', 'refusedGuesses'])
const alsoAtLogins = new Set([
  ...['PasswordRehashed', 'DeviceRemembered', 'KeyProved', 'CodeSent', 'CodeAttempted', 'CodeAccepted', 'CodeRejected', 'CodeEntryLocked'],
  'RecoveryCodeUsed',
])

const needsSession = ({ stream, type }: RecordedEvent) => !withoutSession.has(categoryOf(stream)) && !alsoAtLogins.has(type)

/** The login that granted the session has remembered the device. */
const isOfSameLogin = (event: RecordedEvent, granted: RecordedEvent) =>
  event.type === 'DeviceRemembered' && event.metadata.correlationId === granted.metadata.correlationId

/** `null` for what does not follow from the session. `recordedSince`: the position from which on events name the session they were asked for in. */
export function attributionOf(
  event: RecordedEvent,
  { session, account }: SessionLife,
  granted: RecordedEvent,
  recordedSince: number,
): Attribution | null {
  const { actor, sessionId } = event.metadata
  if (event.stream === granted.stream || event.type.endsWith('Summarized')) return null
  if (sessionId !== undefined) return sessionId === session ? 'session' : null
  if (isOfSameLogin(event, granted)) return 'session'
  const mayBe = event.position > granted.position && event.position < recordedSince && actor === account
  return mayBe && needsSession(event) ? 'account' : null
}
