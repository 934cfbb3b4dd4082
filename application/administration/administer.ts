import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ClaimValue } from '../../domain/account/events.ts'
import { canLogIn, loginIndexesOf } from '../../domain/account/state.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import { existingAccount, findAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

type Administration = Needs<'journal'>

type Acting = { readonly accountId: AccountId; readonly actor: Actor }

type AccountCommand =
  | { type: 'enable' | 'disable' }
  | { type: 'grantRole' | 'withdrawRole'; role: string }
  | { type: 'assertClaim'; name: string; value: ClaimValue }
  | { type: 'retractClaim'; name: string }

const done = TE.map(() => undefined)

const canAct = (needs: Administration) => (accountId: AccountId) =>
  pipe(
    findAccount(needs)(accountId),
    TE.map((account) => account?.type === 'active' && canLogIn(account)),
  )

const ableAmong = (needs: Administration, members: ReadonlySet<AccountId>) =>
  pipe(
    [...members],
    TE.traverseSeqArray((member) =>
      pipe(
        canAct(needs)(member),
        TE.map((able) => (able ? [member] : [])),
      ),
    ),
    TE.map((able) => new Set(able.flat())),
  )

const activeAccount = (needs: Administration) => (accountId: AccountId) =>
  pipe(
    existingAccount(needs)(accountId),
    TE.filterOrElseW(
      ({ type }) => type === 'active',
      () => ({ type: 'no_such_account' as const }),
    ),
  )

/** Called before an account is disabled or erased, which refuses the last administrator, and again after it, because another call may add the role. */
export function removeAdministrator(needs: Administration, { accountId, actor }: Acting, caller: Caller) {
  const { journal } = needs
  const remove = (members: ReadonlySet<AccountId>) =>
    pipe(
      ableAmong(needs, members),
      TE.chainW((able) =>
        journal.decide(streams.administrators, { type: 'remove', accountId, able, at: journal.now() }, metadataOf(caller, actor)),
      ),
    )
  return pipe(
    journal.load(streams.administrators),
    TE.chainW(({ state }) => (state.type === 'set_up' && state.members.has(accountId) ? done(remove(state.members)) : TE.right(undefined))),
  )
}

/** The host app needs no setup token: what it appoints first completes the setup. */
export function appointAdministrator(needs: Administration, acting: Acting, caller: Caller) {
  const { accountId, actor } = acting
  const complete = () => {
    const command = { type: 'completeSetup' as const, accountId, at: needs.journal.now() }
    return pipe(
      needs.journal.decide(streams.administrators, command, metadataOf(caller, actor)),
      TE.orElseW((failure) => (failure.type === 'setup_done' ? TE.right(undefined) : TE.left(failure))),
    )
  }
  return pipe(
    activeAccount(needs)(accountId),
    TE.chainW(() => needs.journal.load(streams.administrators)),
    TE.chainFirstW(({ state }) => (state.type === 'not_set_up' ? complete() : TE.right(undefined))),
    TE.chainW(() => addAdministrator(needs, acting, caller)),
  )
}

/** A disabled administrator must not count as one. An account that was disabled or erased meanwhile leaves again. */
export function addAdministrator(needs: Administration, acting: Acting, caller: Caller) {
  const { journal } = needs
  const { accountId, actor } = acting
  const active = activeAccount(needs)(accountId)
  const add = () => journal.decide(streams.administrators, { type: 'add', accountId, at: journal.now() }, metadataOf(caller, actor))
  return pipe(
    active,
    TE.chainW(add),
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
    const leave = () => removeAdministrator(needs, acting, caller)
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
      TE.chainW((account) => {
        const command = { type: 'unlock' as const, by: actor, at: needs.journal.now() }
        const metadata = metadataOf(caller, actor)
        return pipe(
          loginIndexesOf(account),
          TE.traverseSeqArray((index) => needs.journal.decide(streams.login(index), command, metadata)),
          TE.chainW(() => done(needs.journal.decide(streams.secondFactor(accountId), command, metadata))),
        )
      }),
    )
