import { isLeft } from 'fp-ts/lib/Either.js'
import { PasswordReplaced } from '../../domain/account/events.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { categoryOf, idInStream } from '../../domain/kernel/streams.ts'
import { LoginLocked } from '../../domain/login/events.ts'
import { RecoveryCodesIssued, SecondFactorRemoved, TotpEnrollmentConfirmed } from '../../domain/second-factor/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { findAccount, findAccountByEmail } from '../accounts/find-account.ts'
import type { Needs } from '../needs.ts'
import type { RecordedEvent } from '../ports/event-store.ts'
import type { Notice } from './notice.ts'

const reader = eventReader([PasswordReplaced, TotpEnrollmentConfirmed, SecondFactorRemoved, RecoveryCodesIssued, LoginLocked], upcasters)

/** A login after failures follows from more than one event, so it is not sent again. */
const noticeOf = (recorded: RecordedEvent): Notice | null => {
  const decoded = reader.decode(recorded)
  if (isLeft(decoded)) return null
  const event = decoded.right
  const { at } = event.data
  switch (event.type) {
    case 'PasswordReplaced':
      return { type: 'password_changed', at }
    case 'TotpEnrollmentConfirmed':
      return { type: 'second_factor_added', at }
    case 'SecondFactorRemoved':
      return { type: 'second_factor_removed', at }
    case 'RecoveryCodesIssued':
      return { type: 'recovery_codes_replaced', at }
    case 'LoginLocked':
      return { type: 'locked_out', at, until: event.data.until }
  }
}

const ownerOf = (needs: Needs<'journal'>, stream: string) => {
  const id = idInStream(stream)
  return categoryOf(stream) === 'login' ? findAccountByEmail(needs)(id as BlindIndex) : findAccount(needs)(id as AccountId)
}

/** A notice may be sent twice, but must not be lost. */
export async function resendNotices(needs: Needs<'journal' | 'mail'>, events: readonly RecordedEvent[]) {
  for (const event of events) {
    const notice = noticeOf(event)
    if (notice === null) continue
    const owner = await ownerOf(needs, event.stream)()
    if (!isLeft(owner) && owner.right?.type === 'active') needs.mail.notify(owner.right, notice)
  }
}
