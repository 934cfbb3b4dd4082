import { isLeft } from 'fp-ts/lib/Either.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { LockoutPolicy } from '../../domain/kernel/lockout-policy.ts'
import { type EventReader, eventReader } from '../../domain/kernel/reader.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { categoryOf, idInStream } from '../../domain/kernel/streams.ts'
import { loginRules } from '../../domain/login/backtest.ts'
import type { LoginPolicy } from '../../domain/login/challenges.ts'
import { loginEvents } from '../../domain/login/events.ts'
import { codeRules } from '../../domain/second-factor/backtest.ts'
import { secondFactorEvents } from '../../domain/second-factor/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { attemptTypes } from '../login/erase-origins.ts'
import type { LoggedEvent } from '../ports/local-log.ts'
import { timeline } from './timeline.ts'
import { type Address, type NetworkPolicy, tryNetworks } from './try-networks.ts'
import { type Range, tryStreams } from './try-streams.ts'

export type BacktestPolicy = { readonly login: LoginPolicy; readonly codes: LockoutPolicy; readonly networks: NetworkPolicy }

const loginReader = eventReader(loginEvents, upcasters)
const codeReader = eventReader(secondFactorEvents, upcasters)

const decoded = <Event>({ decode }: EventReader<Event>, { stream, revision, ...stored }: LoggedEvent): Event => {
  const event = decode(stored)
  if (isLeft(event)) throw new Error(`${stored.type}@${stored.version} cannot be read: ${stream} revision ${revision}`)
  return event.right
}

/** Not decoded yet: what is no attempt at all stops the back-test a moment later. */
const sealedAddress = ({ data }: LoggedEvent) => {
  const { ipAddress } = (data ?? {}) as { readonly ipAddress?: unknown }
  return typeof ipAddress === 'string' ? (ipAddress as Sealed) : null
}

/** Gives another policy the recorded attempts in the order of the log. Throws at an event that cannot be read. */
export function openBacktest({ login, codes, networks }: BacktestPolicy, range: Range) {
  const steps = timeline()
  const ofNetworks = tryNetworks(networks, range, steps.tried)
  const logins = tryStreams(loginRules(login), (_, event) => ('accountId' in event.data ? event.data.accountId : null), range, steps)
  const ofCodes = tryStreams(codeRules(codes), (stream) => idInStream(stream) as AccountId, range, steps)
  return {
    /** What to decrypt before `take`: addresses matter only if some are blocked. */
    addressIn: (event: LoggedEvent): Sealed | null =>
      networks.blocked.length > 0 && attemptTypes.includes(event.type) ? sealedAddress(event) : null,
    take: (event: LoggedEvent, address: Address) => {
      const category = categoryOf(event.stream)
      if (category === 'login') {
        const read = decoded(loginReader, event)
        logins.take(event.stream, read, ofNetworks.take(event.stream, read, address))
      } else if (category === 'secondFactor') ofCodes.take(event.stream, decoded(codeReader, event))
    },
    report: () => ({ logins: logins.report(), codes: ofCodes.report(), networks: ofNetworks.report(), timeline: steps.report() }),
  }
}

export type Backtest = ReturnType<typeof openBacktest>
export type BacktestReport = ReturnType<Backtest['report']>
