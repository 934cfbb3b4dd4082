import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { callerNetworks } from '../api/protection/address.ts'
import type { Failure } from '../api/refusals.ts'
import type { Caller } from '../application/caller.ts'
import { AccountId, type Actor } from '../domain/kernel/ids.ts'
import { GatebookError } from './gatebook-error.ts'
import type { HostNeeds } from './host-needs.ts'

/** Where the call comes from, if it is made for somebody's request. */
export type CallOrigin = { readonly address?: string | undefined; readonly userAgent?: string | undefined }

/** An address that nobody knows, as for requests without one. */
const unknown = '0.0.0.0'

/** What the host app does waits in queues together, and takes no more of them than one network. */
const hostNetwork = 'host'

export type HostCall = <Done>(useCase: (caller: Caller) => TaskEither<Failure, Done>, origin?: CallOrigin) => Promise<Done>

type CallNeeds = Pick<HostNeeds, 'answer'> & {
  readonly journal: Pick<HostNeeds['journal'], 'newId'>
  readonly positions: Pick<NonNullable<HostNeeds['positions']>, 'follow' | 'reach'> | undefined
}

export function hostCalls({ answer, journal, positions }: CallNeeds): HostCall {
  return async (useCase, { address, userAgent = null as string | null } = {}) => {
    const correlationId = journal.newId()
    const networks: Caller['networks'] = address === undefined ? [hostNetwork] : callerNetworks(address)
    const followed = positions?.follow(correlationId)
    try {
      const caller: Caller = { address: address ?? unknown, networks, userAgent: userAgent ?? null, device: null, correlationId }
      const outcome = await answer(useCase(caller), (done) => ({ done }))
      if ('problem' in outcome) throw new GatebookError(outcome)
      const position = followed?.appended() ?? 0
      if (position > 0) await positions?.reach(position, { account: correlationId, network: hostNetwork })
      return outcome.done
    } finally {
      followed?.end()
    }
  }
}

/** A node that cannot know whether it is up to date reads nothing. */
export function refuseIfStale({ sessionGuard }: HostNeeds) {
  if (sessionGuard.isFresh?.() === false) throw new GatebookError({ problem: 'STALE_READ_MODEL' })
}

/** For the reasons in events. */
export function standing(actor: Actor, accountId: AccountId) {
  if (!AccountId.is(actor)) return 'host'
  return actor === accountId ? 'owner' : 'administrator'
}
