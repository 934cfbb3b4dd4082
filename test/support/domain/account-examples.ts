import { AccountRegistered } from '../../../domain/account/events.ts'
import { accountId, blindIndex, sealed } from './ids.ts'
import { noon } from './time.ts'

export const registered = AccountRegistered({
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('email'),
  passwordHash: sealed('hash'),
  emailVerified: false,
  at: noon,
})
