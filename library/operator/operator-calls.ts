import * as t from 'io-ts'
import { text } from '../../api/codecs/primitives.ts'
import { strictObject } from '../../api/codecs/strict-object.ts'
import { isProblem } from '../../api/problems.ts'
import { changeAccounts } from '../change-accounts.ts'
import { createAccounts } from '../create-accounts.ts'
import { GatebookError } from '../gatebook-error.ts'
import { actorOf, readInput } from '../host-input.ts'
import type { HostNeeds } from '../host-needs.ts'
import { hostSessions } from '../host-sessions.ts'
import type { AccountSearch, InvitationInput, NewAccountInput } from '../inputs.ts'
import { readAccounts } from '../read-accounts.ts'
import { blastRadiusCalls } from './blast-radius-calls.ts'

const OneAccount = strictObject({ account: text(1, 254) })
const SessionsOf = strictObject({ account: text(1, 254) }, { cursor: t.string })
const OneSession = strictObject({ session: t.string })

/** Of every event that a command of an operator leads to. */
export const actor = { system: 'operator' } as const
const asRecorded = 'system:operator'

const signed = async ({ answer, proofs }: HostNeeds, sign = proofs.checkpoint()) => {
  const signed = await answer(sign, (checkpoint) => checkpoint)
  if (isProblem(signed)) throw new GatebookError(signed)
  return signed
}

const rotated = async ({ answer, accessTokens }: HostNeeds) => {
  const key = await answer(accessTokens.rotate({ actor: asRecorded }), ({ kid }) => ({ kid }))
  if (isProblem(key)) throw new GatebookError(key)
  return key
}

const objectIn = (input: unknown) => readInput(t.UnknownRecord, input)

/** What the command line asks for, here or over the operator socket: calls of the library with JSON for JSON. An account is named by its id or its address. */
export function operatorCalls(needs: HostNeeds) {
  const { find, get, list } = readAccounts(needs)
  const { create, invite } = createAccounts(needs)
  const { accounts, roles } = changeAccounts(needs)
  const sessions = hostSessions(needs)

  const detailsOf = async (name: string) => {
    const id = name.includes('@') ? (await find({ email: name }))?.id : name
    const account = id === undefined ? null : await get(id)
    if (account === null) throw new GatebookError({ problem: 'NOT_FOUND' })
    return account
  }
  const change = (command: (id: string, options: { actor: typeof actor }) => Promise<void>) => async (input: unknown) => {
    const { id } = await detailsOf(readInput(OneAccount, input).account)
    await command(id, { actor })
    return detailsOf(id)
  }

  const calls: Readonly<Record<string, (input: unknown) => Promise<unknown>>> = {
    // The library reads these three strictly itself.
    'accounts.create': (input) => create({ ...objectIn(input), actor } as unknown as NewAccountInput),
    'accounts.invite': (input) => invite({ ...objectIn(input), actor } as unknown as InvitationInput),
    'accounts.list': (input) => list(objectIn(input) as AccountSearch),
    'accounts.show': (input) => detailsOf(readInput(OneAccount, input).account),
    'accounts.disable': change(accounts.disable),
    'accounts.enable': change(accounts.enable),
    'accounts.unlock': change(accounts.unlock),
    'accounts.erase': change(accounts.erase),
    'accounts.resetSecondFactor': change(accounts.resetSecondFactor),
    'admin.appoint': change((id, options) => roles.grant(id, 'admin', options)),
    checkpoint: async () => signed(needs),
    'checkpointKey.rotate': () => signed(needs, needs.proofs.rotateKey(asRecorded)),
    'signingKey.rotate': () => rotated(needs),
    'sessions.list': async (input) => {
      const { account, cursor } = readInput(SessionsOf, input)
      return sessions.list((await detailsOf(account)).id, { cursor })
    },
    'sessions.revoke': async (input) => {
      await sessions.revoke(readInput(OneSession, input).session, { actor })
      return null
    },
    'sessions.revokeAll': change(sessions.revokeAll),
    ...blastRadiusCalls(needs, actorOf({ actor })),
  }
  return calls
}
