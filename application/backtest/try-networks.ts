import type { Outcome } from '../../domain/kernel/backtest-rules.ts'
import type { AccountId, AttemptId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { LoginEvent } from '../../domain/login/events.ts'
import { inNetworks, type Network } from '../network.ts'
import { networkFigures } from './network-figures.ts'
import { networkRate } from './network-rate.ts'
import type { Range } from './try-streams.ts'

/** `attemptsPerMinute`: from each IPv4 address or /64 of IPv6, 0 for no limit. */
export type NetworkPolicy = { readonly attemptsPerMinute: number; readonly blocked: readonly Network[] }

/** Null for one that cannot be decrypted. */
export type Address = string | null

type Attempted = Extract<LoginEvent, { type: 'LoginAttempted' | 'SignatureAttempted' }>
type Barred = { readonly accountId: AccountId | null; readonly at: Instant; readonly isCounted: boolean }

/** Milliseconds. The outcome of an older attempt was lost in a crash. */
const longestCheck = 60_000

const noLimit = { take: () => true, giveBack: () => {} }

/** Milliseconds. A request is counted when it arrives, and its attempt is recorded a little later. */
const recordedWithin = 1_000

/** What stands before the password: the limit of each network, and addresses that are blocked. */
export function tryNetworks(
  { attemptsPerMinute, blocked }: NetworkPolicy,
  { from, to }: Range,
  onRefused: (outcomes: readonly Outcome[]) => void = () => {},
) {
  const isBlocked = inNetworks(blocked)
  const rate = attemptsPerMinute === 0 ? noLimit : networkRate(attemptsPerMinute, recordedWithin)
  const returned = attemptsPerMinute === 0 ? noLimit : networkRate(attemptsPerMinute)
  const isTried = attemptsPerMinute > 0 || blocked.length > 0
  const figures = networkFigures()
  const barred = new Map<AttemptId, Barred>()
  const admitted = new Map<AttemptId, { readonly network: BlindIndex; readonly at: Instant }>()

  const forgetLost = (now: Instant) => {
    for (const attempts of [barred, admitted])
      for (const [id, { at }] of attempts) {
        if (now - at < longestCheck) break
        attempts.delete(id)
      }
  }
  const attempt = (stream: string, { data }: Attempted, address: Address, isCounted: boolean) => {
    const { attemptId, accountId, networkIndex: network, at } = data
    forgetLost(at)
    if (isCounted && blocked.length > 0 && address === null) figures.countUnopened()
    const isOfBlocked = address !== null && isBlocked(address)
    if (!isOfBlocked && rate.take(network, at)) {
      admitted.set(attemptId, { network, at })
      return false
    }
    barred.set(attemptId, { accountId, at, isCounted })
    if (isCounted) figures.refuse({ stream, network, isBlocked: isOfBlocked })
    return true
  }
  /** A right password gives its place back, but not without end at one name. */
  const settle = (stream: string, id: AttemptId, isRight: boolean, at: Instant) => {
    const refused = barred.get(id)
    const place = admitted.get(id)
    barred.delete(id)
    admitted.delete(id)
    if (refused?.isCounted === true) {
      figures.settle(refused.accountId, isRight ? 'refusedLogins' : 'stoppedGuesses')
      onRefused([{ type: 'refused', isRight, count: 1, at }])
    }
    if (isRight && place !== undefined && returned.take(stream, at)) rate.giveBack(place.network)
    return refused !== undefined
  }

  /** Whether the event is of an attempt that the policy refuses. */
  const take = (stream: string, event: LoginEvent, address: Address): boolean => {
    const isCounted = (at: Instant) => (from === null || at >= from) && (to === null || at < to)
    switch (event.type) {
      case 'LoginAttempted':
      case 'SignatureAttempted':
        return attempt(stream, event, address, isCounted(event.data.at))
      case 'PasswordAccepted':
      case 'SignatureAccepted':
        return settle(stream, event.data.attemptId, true, event.data.at)
      case 'PasswordRejected':
      case 'SignatureRejected':
        return settle(stream, event.data.attemptId, false, event.data.at)
      case 'LoginPayloadErased':
        if (isCounted(event.data.at) && event.data.eventType.endsWith('Attempted')) figures.countErased()
        return false
      default:
        return false
    }
  }
  return { take: (...of: Parameters<typeof take>) => isTried && take(...of), report: figures.report }
}
