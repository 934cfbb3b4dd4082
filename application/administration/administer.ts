import { isLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ClaimValue } from '../../domain/account/events.ts'
import { hasPassword } from '../../domain/account/state.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { existingAccount, findAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'

type Administration = Needs<'journal'>

type Acting = { readonly accountId: AccountId; readonly actor: AccountId }

type AccountCommand =
  | { type: 'enable' | 'disable' }
  | { type: 'grantRole' | 'withdrawRole'; role: string }
  | { type: 'assertClaim'; name: string; value: ClaimValue }
  | { type: 'retractClaim'; name: string }

const done = TE.map(() => undefined)

const changeAdministrators = ({ journal }: Administration, command: 'add' | 'remove', { accountId, actor }: Acting, caller: Caller) =>
  journal.decide(streams.administrators, { type: command, accountId, at: journal.now() }, metadataOf(caller, actor))

const canAct = (needs: Administration) => (accountId: AccountId) =>
  pipe(
    findAccount(needs)(accountId),
    TE.map((account) => account?.type === 'active' && hasPassword(account)),
  )

/** An invited administrator who has no password yet is not one to fall back on. */
const refuseIfOthersCannotAct = (needs: Administration, accountId: AccountId) =>
  pipe(
    needs.journal.load(streams.administrators),
    TE.chainW(({ state }): TE.TaskEither<StoreFailure, boolean> => {
      if (state.type === 'not_set_up' || !state.members.has(accountId)) return TE.right(true)
      return async () => {
        for (const member of state.members) {
          const able = member === accountId ? right(false) : await canAct(needs)(member)()
          if (isLeft(able) || able.right) return able
        }
        return right(false)
      }
    }),
    TE.filterOrElseW(
      (isSafe) => isSafe,
      () => ({ type: 'last_administrator' as const }),
    ),
  )

/** Called before an account is disabled or erased, which refuses the last administrator, and again after it, because another call may add the role. */
export function removeAdministrator(needs: Administration, acting: Acting, caller: Caller) {
  return pipe(
    refuseIfOthersCannotAct(needs, acting.accountId),
    TE.chainW(() => changeAdministrators(needs, 'remove', acting, caller)),
  )
}

/** A disabled administrator must not count as one. An account that was disabled or erased meanwhile leaves again. */
export function addAdministrator(needs: Administration, acting: Acting, caller: Caller) {
  const active = pipe(
    existingAccount(needs)(acting.accountId),
    TE.filterOrElseW(
      ({ type }) => type === 'active',
      () => ({ type: 'no_such_account' as const }),
    ),
  )
  return pipe(
    active,
    TE.chainW(() => changeAdministrators(needs, 'add', acting, caller)),
    TE.chainW(() =>
      pipe(
        active,
        TE.orElseFirstW(() => removeAdministrator(needs, acting, caller)),
      ),
    ),
  )
}

/** Roles other than `admin` are the account's; `admin` is the event stream of the administrators. */
export const administer =
  (needs: Administration) =>
  ({ command, ...acting }: Acting & { readonly command: AccountCommand }, caller: Caller) => {
    const { journal } = needs
    const { accountId, actor } = acting
    const onAccount = () => done(journal.decide(streams.account(accountId), { ...command, at: journal.now() }, metadataOf(caller, actor)))
    const leave = () => done(removeAdministrator(needs, acting, caller))
    return pipe(
      existingAccount(needs)(accountId),
      TE.chainW(() => {
        if ('role' in command && command.role === administratorRole) {
          return command.type === 'grantRole' ? done(addAdministrator(needs, acting, caller)) : leave()
        }
        return command.type === 'disable' ? pipe(leave(), TE.chainW(onAccount), TE.chainW(leave)) : onAccount()
      }),
    )
  }

export const unlock =
  (needs: Administration) =>
  ({ accountId, actor }: Acting, caller: Caller) =>
    pipe(
      existingAccount(needs)(accountId),
      TE.chainW(({ emailIndex }) => {
        const command = { type: 'unlock' as const, by: actor, at: needs.journal.now() }
        const metadata = metadataOf(caller, actor)
        return pipe(
          needs.journal.decide(streams.login(emailIndex), command, metadata),
          TE.chainW(() => done(needs.journal.decide(streams.secondFactor(accountId), command, metadata))),
        )
      }),
    )
