import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import { eraseAccount } from '../../application/accounts/erase-account.ts'
import { administer, unlock } from '../../application/administration/administer.ts'
import type { Caller } from '../../application/caller.ts'
import { resetSecondFactor } from '../../application/second-factor/disable.ts'
import { revokeAllSessions } from '../../application/sessions/revoke-session.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { type noBody, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Failure } from '../refusals.ts'
import { status } from '../refusals.ts'
import { ClaimName, ClaimValueInput, RoleName } from '../shapes/names.ts'

const ClaimBody = strictObject({ value: ClaimValueInput })

const account = { id: uuid(AccountId) }

type Act<Params, Body> = (
  input: { readonly params: Params; readonly body: Body },
  actor: AccountId,
  caller: Caller,
) => TaskEither<Failure, unknown>

const change = <Params extends t.Any, Body extends t.Any = typeof noBody>(
  context: Context,
  described: { method: 'POST' | 'PUT' | 'DELETE'; url: string; summary: string; params: Params; body?: Body },
  act: Act<t.TypeOf<Params>, t.TypeOf<Body>>,
): Route =>
  defineRoute({
    ...described,
    tag: 'Administration',
    guards: context.guards.elevatedAdmin,
    responses: { 204: null },
    problems: ['NOT_FOUND', 'LAST_ADMINISTRATOR', 'STORE_UNAVAILABLE'],
  })((input, request) => context.answer(act(input, sessionOf(request).accountId, context.callerOf(request)), status(204)))

export function changeAccountRoutes(context: Context): readonly Route[] {
  const does = administer(context)
  const url = '/admin/accounts/:id'
  const post = (verb: string, summary: string, act: Act<{ readonly id: AccountId }, undefined>) =>
    change(context, { method: 'POST', url: `${url}/${verb}`, summary, params: strictObject(account) }, act)
  const role = { url: `${url}/roles/:role`, params: strictObject({ ...account, role: RoleName }) }
  const claim = { url: `${url}/claims/:name`, params: strictObject({ ...account, name: ClaimName }) }
  return [
    post('disable', 'Disable the account and end its sessions', ({ params: { id } }, actor, caller) =>
      does({ accountId: id, command: { type: 'disable' }, actor }, caller),
    ),
    post('enable', 'Enable a disabled account', ({ params: { id } }, actor, caller) =>
      does({ accountId: id, command: { type: 'enable' }, actor }, caller),
    ),
    post('unlock', 'End its lockouts, of logins and of code entry', ({ params: { id } }, actor, caller) =>
      unlock(context)({ accountId: id, actor }, caller),
    ),
    post('logout', 'End its sessions', ({ params: { id } }, actor, caller) =>
      revokeAllSessions(context)({ accountId: id, because: 'revoked_by_admin', actor }, caller),
    ),
    post('reset-second-factor', 'Remove its second factor and end its sessions', ({ params: { id } }, actor, caller) =>
      resetSecondFactor(context)({ accountId: id, actor }, caller),
    ),
    change(context, { method: 'PUT', ...role, summary: 'Grant a role' }, ({ params: { id, role } }, actor, caller) =>
      does({ accountId: id, command: { type: 'grantRole', role }, actor }, caller),
    ),
    change(context, { method: 'DELETE', ...role, summary: 'Withdraw a role' }, ({ params: { id, role } }, actor, caller) =>
      does({ accountId: id, command: { type: 'withdrawRole', role }, actor }, caller),
    ),
    change(
      context,
      { method: 'PUT', ...claim, summary: 'Set a claim', body: ClaimBody },
      ({ params: { id, name }, body: { value } }, actor, caller) =>
        does({ accountId: id, command: { type: 'assertClaim', name, value }, actor }, caller),
    ),
    change(context, { method: 'DELETE', ...claim, summary: 'Remove a claim' }, ({ params: { id, name } }, actor, caller) =>
      does({ accountId: id, command: { type: 'retractClaim', name }, actor }, caller),
    ),
    change(
      context,
      { method: 'DELETE', url, summary: 'Erase the account by deleting its data key', params: strictObject(account) },
      ({ params }, actor, caller) => eraseAccount(context)({ accountId: params.id, because: 'requested_by_admin', actor }, caller),
    ),
  ]
}
