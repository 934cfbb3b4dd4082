import { left, right } from 'fp-ts/lib/Either.js'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { PasswordChangeRequired, PasswordRehashed, PasswordReplaced, PasswordResetRequested } from './events.ts'
import { mayMailAgain } from './reset-policy.ts'
import { type BoundSession, linksRevisionOf, type Registered, survives, survivesSince } from './state.ts'

/** `checkedAt`: the account revision that the current password was checked against. `linksRevision`: as it was when the link was mailed. `mustChange`: at the next login. */
export type PasswordCommand =
  | { type: 'changePassword'; passwordHash: Sealed; checkedAt: number; keep: BoundSession; at: Instant }
  | { type: 'changeRequiredPassword'; passwordHash: Sealed; checkedAt: number; at: Instant }
  | { type: 'rehash'; passwordHash: Sealed; checkedAt: number; at: Instant }
  | { type: 'resetPassword'; passwordHash: Sealed; linksRevision: number; at: Instant }
  | { type: 'setPassword'; passwordHash: Sealed; mustChange: boolean; at: Instant }
  | { type: 'requestReset'; at: Instant }

type Of<Type extends PasswordCommand['type']> = Extract<PasswordCommand, { type: Type }>

const changeRequired = ({ passwordHash, checkedAt, at }: Of<'changeRequiredPassword'>, state: Registered) => {
  if (!state.passwordChangeRequired || !survivesSince(state, checkedAt)) return left({ type: 'password_outdated' as const })
  return right([PasswordReplaced({ passwordHash, because: 'changed', keptSessionId: null, at })])
}

const set = ({ passwordHash, mustChange, at }: Of<'setPassword'>) => {
  const replaced = PasswordReplaced({ passwordHash, because: 'set', keptSessionId: null, at })
  return mustChange ? [replaced, PasswordChangeRequired({ at })] : [replaced]
}

export function decidePassword(command: PasswordCommand, state: Registered) {
  const { at } = command
  switch (command.type) {
    case 'changePassword': {
      const { passwordHash, checkedAt, keep } = command
      if (!survives(state, keep)) return left({ type: 'session_ended' as const })
      if (checkedAt < state.passwordRevision) return left({ type: 'password_outdated' as const })
      return right([PasswordReplaced({ passwordHash, because: 'changed', keptSessionId: keep.sessionId, at })])
    }
    case 'changeRequiredPassword':
      return changeRequired(command, state)
    case 'rehash':
      return right(command.checkedAt < state.hashRevision ? [] : [PasswordRehashed({ passwordHash: command.passwordHash, at })])
    case 'resetPassword': {
      const { passwordHash, linksRevision } = command
      if (state.type !== 'active' || linksRevision !== linksRevisionOf(state)) return left({ type: 'password_outdated' as const })
      return right([PasswordReplaced({ passwordHash, because: 'reset', keptSessionId: null, at })])
    }
    case 'setPassword':
      return right(set(command))
    case 'requestReset':
      if (state.type !== 'active') return left({ type: 'no_such_account' as const })
      return right(mayMailAgain(state.resetRequestedAt, at) ? [PasswordResetRequested({ at })] : [])
  }
}
