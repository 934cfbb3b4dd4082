import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/administrators/decider.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { accountStream, administratorsStream, loginStream } from '../../domain/kernel/streams.ts'
import { existingAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../dependencies.ts'

type Administration = Needs<'load' | 'handle' | 'aggregates' | 'now'>

type AccountCommand =
  | { type: 'enable' | 'disable' }
  | { type: 'grantRole' | 'withdrawRole'; role: string }
  | { type: 'assertClaim'; name: string; value: ClaimValue }
  | { type: 'retractClaim'; name: string }

const done = TE.map(() => undefined)

const changeAdministrators = (
  { handle, aggregates, now }: Administration,
  command: 'add' | 'remove',
  accountId: AccountId,
  actor: AccountId,
  caller: Caller,
) => handle(aggregates.administrators, administratorsStream, { type: command, accountId, at: now() }, metadataOf(caller, actor))

/**
 * Whoever can no longer act leaves the roster before it happens, so that the last administrator is refused first, and again after it: they may have
 * joined in between.
 */
export function removeAdministrator(needs: Administration, accountId: AccountId, actor: AccountId, caller: Caller) {
  return changeAdministrators(needs, 'remove', accountId, actor, caller)
}

/** Only who can act joins: a disabled administrator would be counted and keep nobody. One who was disabled or erased meanwhile leaves again. */
const addAdministrator = (needs: Administration, accountId: AccountId, actor: AccountId, caller: Caller) => {
  const active = pipe(
    existingAccount(needs)(accountId),
    TE.filterOrElseW(
      ({ type }) => type === 'active',
      () => ({ type: 'no_such_account' as const }),
    ),
  )
  return pipe(
    active,
    TE.chainW(() => changeAdministrators(needs, 'add', accountId, actor, caller)),
    TE.chainW(() =>
      pipe(
        active,
        TE.orElseFirstW(() => removeAdministrator(needs, accountId, actor, caller)),
      ),
    ),
  )
}

/** What an administrator (`actor`) does to an account. The role `admin` is the roster's to give and take; disabling takes it. */
export const administer = (needs: Administration) => (accountId: AccountId, command: AccountCommand, actor: AccountId, caller: Caller) => {
  const { handle, aggregates, now } = needs
  const onAccount = () => done(handle(aggregates.account, accountStream(accountId), { ...command, at: now() }, metadataOf(caller, actor)))
  const leave = () => done(removeAdministrator(needs, accountId, actor, caller))
  return pipe(
    existingAccount(needs)(accountId),
    TE.chainW(() => {
      if ('role' in command && command.role === administratorRole) {
        return command.type === 'grantRole' ? done(addAdministrator(needs, accountId, actor, caller)) : leave()
      }
      return command.type === 'disable' ? pipe(leave(), TE.chainW(onAccount), TE.chainW(leave)) : onAccount()
    }),
  )
}

/** Lifts the lock on the account's address and forgets its failures. */
export const unlock = (needs: Administration) => (accountId: AccountId, actor: AccountId, caller: Caller) =>
  pipe(
    existingAccount(needs)(accountId),
    TE.chainW(({ emailIndex }) => {
      const command = { type: 'unlock' as const, by: actor, at: needs.now() }
      return done(needs.handle(needs.aggregates.login, loginStream(emailIndex), command, metadataOf(caller, actor)))
    }),
  )
