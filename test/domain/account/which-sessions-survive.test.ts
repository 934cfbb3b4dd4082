import { describe, expect, test } from 'vitest'
import {
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  type AccountEvent,
  AccountRegistered,
  AllSessionsRevoked,
  OtherSessionsRevoked,
  PasswordRehashed,
  PasswordReplaced,
  PasswordResetRequested,
  RegistrationAbandoned,
  RoleGranted,
} from '../../../domain/account/events.ts'
import { evolveAccount, initialAccount, survives } from '../../../domain/account/state.ts'
import { accountId, blindIndex, sealed, sessionId } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'

const at = noon
const registered = AccountRegistered({
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('e'),
  passwordHash: sealed('h'),
  emailVerified: false,
  at,
})
const [phone, laptop] = [sessionId(1), sessionId(2)] as const
const replaced = (keptSessionId: typeof phone | null) =>
  PasswordReplaced({ passwordHash: sealed('n'), because: 'changed', keptSessionId, at })
const everyRevoked = AllSessionsRevoked({ because: 'revoked_by_admin', at })
const othersEnded = (keptSessionId: typeof phone | null) => OtherSessionsRevoked({ because: 'second_factor_enrolled', keptSessionId, at })
const rehashed = PasswordRehashed({ passwordHash: sealed('s'), at })
const role = RoleGranted({ role: 'editor', at })
const disabled = AccountDisabled({ at })
const enabled = AccountEnabled({ at })

const sentences: readonly [string, readonly AccountEvent[], typeof phone, number, boolean][] = [
  ['granted at the registration stands', [registered], phone, 0, true],
  ['stays through a role and a stronger hash', [registered, role, rehashed], phone, 0, true],
  ['ends when every session is revoked', [registered, everyRevoked], phone, 0, false],
  ['granted after every session was revoked stands', [registered, everyRevoked], phone, 1, true],
  ['ends when the password is changed from another', [registered, replaced(laptop)], phone, 0, false],
  ['stays when the password is changed from it', [registered, replaced(phone)], phone, 0, true],
  ['ends when the password is reset', [registered, replaced(null)], phone, 0, false],
  [
    'whose password was checked before it was changed ends, however late it was granted',
    [registered, role, replaced(laptop)],
    phone,
    1,
    false,
  ],
  ['whose password was checked after it was changed stands', [registered, role, replaced(laptop)], phone, 2, true],
  ['that was kept once ends with the next change from another', [registered, replaced(phone), replaced(laptop)], phone, 0, false],
  ['that was kept once ends when every session is revoked', [registered, replaced(phone), everyRevoked], phone, 0, false],
  ['stays when it changes the second factor', [registered, othersEnded(phone)], phone, 0, true],
  ['ends when another changes the second factor', [registered, othersEnded(laptop)], phone, 0, false],
  ['ends when an administrator takes the second factor away', [registered, othersEnded(null)], phone, 0, false],
  [
    'ends when another changes the second factor, though it was kept before',
    [registered, replaced(phone), othersEnded(laptop)],
    phone,
    0,
    false,
  ],
  ['granted after the second factor changed stands', [registered, othersEnded(null)], phone, 1, true],
  ['stays when a reset of the password is only offered', [registered, PasswordResetRequested({ at })], phone, 0, true],
  ['ends when the account is disabled', [registered, disabled], phone, 0, false],
  ['of a disabled account opens nothing, however new', [registered, disabled], phone, 1, false],
  ['does not come back when the account is enabled again', [registered, disabled, enabled], phone, 0, false],
  [
    'that was kept once does not come back when the account is enabled again',
    [registered, replaced(phone), disabled, enabled],
    phone,
    0,
    false,
  ],
  ['granted after the account was enabled again stands', [registered, disabled, enabled], phone, 2, true],
  ['ends when the account is erased', [registered, AccountErased({ because: 'requested_by_owner', at })], phone, 9, false],
  ['of nobody stands for nothing', [], phone, 0, false],
  ['of an abandoned registration stands for nothing', [RegistrationAbandoned({ at })], phone, 9, false],
]

describe('a session', () => {
  test.each(sentences)('%s', (_, past, session, accountRevision, alive) =>
    expect(survives(past.reduce(evolveAccount, initialAccount), { sessionId: session, accountRevision })).toBe(alive),
  )
})
