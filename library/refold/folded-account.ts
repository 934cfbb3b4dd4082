import { account } from '../../domain/account/decider.ts'
import { type AccountEvent, accountEvents } from '../../domain/account/events.ts'
import type { State } from '../../domain/account/state.ts'
import { administrators } from '../../domain/administrators/decider.ts'
import { administratorRole, administratorsEvents } from '../../domain/administrators/events.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { idBytes } from '../../projections/engine/id-bytes.ts'
import type { Row } from '../../projections/refold/compare-rows.ts'
import type { Fold } from './fold-stream.ts'

type Folded = { readonly state: State; readonly registeredAt: number | null }

const isBeginning = ({ type }: AccountEvent) => type === 'AccountRegistered' || type === 'AccountIntroduced'

/** With the decider's own `evolve`. The time of the registration is not in its state. */
export const accountFold: Fold<Folded, AccountEvent> = {
  initial: { state: account.initial, registeredAt: null },
  evolve: ({ state, registeredAt }, event) => ({
    state: account.evolve(state, event),
    registeredAt: isBeginning(event) ? event.data.at : registeredAt,
  }),
  reader: eventReader(accountEvents, upcasters),
}

export const administratorsFold = { ...administrators, reader: eventReader(administratorsEvents, upcasters) }

const asJson = (claims: ReadonlyMap<string, unknown>) => JSON.stringify(Object.fromEntries(claims))

/** Roles in any order: the read model has them in the order of the log of two streams. */
const grants = (roles: Iterable<string>, isAdministrator: boolean, claims: ReadonlyMap<string, unknown>) => ({
  roles: JSON.stringify([...new Set([...roles, ...(isAdministrator ? [administratorRole] : [])])].sort()),
  claims: asJson(claims),
})

const nothing = { roles: '[]', claims: '{}' }

/** No row for an account that never was. Without its number and the time of its last login, which other streams tell. */
export function accountRow({ state, registeredAt }: Folded, isAdministrator: boolean): Row | undefined {
  if (state.type === 'absent' || state.type === 'abandoned') return undefined
  const identities = state.type === 'erased' ? state.identities.length : state.identities.size
  const registered = { registered_at: BigInt(registeredAt ?? 0), identities: BigInt(identities) }
  if (state.type === 'erased') {
    return { ...nothing, ...registered, status: 'erased', email_index: null, email: null, email_verified: 0n, last_login_at: null }
  }
  const { type: status, emailIndex, email, emailVerified, roles, claims } = state
  return {
    ...grants(roles, isAdministrator, claims),
    ...registered,
    ...{ status, email_index: emailIndex, email, email_verified: BigInt(emailVerified) },
  }
}

/** What its sessions depend on. The row of an account that never was may be there: the first administrator gets the role before. */
export function holderRow({ state }: Folded, isAdministrator: boolean): Row | undefined {
  if (state.type === 'absent' || state.type === 'abandoned') return undefined
  if (state.type === 'erased') return { ...nothing, active: 0n, ended: BigInt(Number.MAX_SAFE_INTEGER), kept: null }
  const { type, roles, claims, ended } = state
  return {
    ...grants(roles, isAdministrator, claims),
    ...{ active: BigInt(type === 'active'), ended: BigInt(ended.revision), kept: ended.kept && idBytes(ended.kept) },
  }
}
