import {
  type AttemptBudget,
  allowsAttempt,
  beginAttempt,
  isLastFailure,
  resetBudget,
  settleAttempt,
  unusedBudget,
} from '../kernel/attempt-budget.ts'
import type { AttemptId, DeviceId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type LockoutPolicy, lockedUntil } from '../kernel/lockout-policy.ts'
import { type LoginEvent, LoginLocked } from './events.ts'

export type Lane = { readonly budget: AttemptBudget; readonly until: Instant | null; readonly consecutiveLocks: number }

/** One for each known device and one, `null`, for all others: those who guess elsewhere cannot lock out a known device. */
export type Lanes = ReadonlyMap<DeviceId | null, Lane>

const unusedLane: Lane = { budget: unusedBudget, until: null, consecutiveLocks: 0 }

const mostDevices = 20

export function laneOf(lanes: Lanes, device: DeviceId | null): Lane {
  return lanes.get(device) ?? unusedLane
}

export function laneOfAttempt(lanes: Lanes, id: AttemptId) {
  return [...lanes].find(([, { budget }]) => budget.pending.has(id)) ?? null
}

const withLane = (lanes: Lanes, device: DeviceId | null, lane: Lane): Lanes => {
  const known = [...lanes].filter(([other]) => other !== null && other !== device)
  const unknown = lanes.get(null)
  const others = device === null ? known : [...(unknown === undefined ? [] : [[null, unknown] as const]), ...known.slice(1 - mostDevices)]
  return new Map([...others, [device, lane] as const])
}

const settled = (lanes: Lanes, id: AttemptId, isRight: boolean, at: Instant): Lanes => {
  const found = laneOfAttempt(lanes, id)
  if (found === null) return lanes
  const [device, lane] = found
  const budget = settleAttempt(lane.budget, id, isRight, at)
  const isLocked = lane.until !== null && at < lane.until
  const consecutiveLocks = isRight && !isLocked ? 0 : lane.consecutiveLocks
  return new Map([...lanes, [device, { ...lane, budget, consecutiveLocks }] as const])
}

export function evolveLanes(lanes: Lanes, event: LoginEvent): Lanes {
  switch (event.type) {
    case 'LoginAttempted':
    case 'SignatureAttempted': {
      const { deviceId, attemptId, at } = event.data
      const lane = laneOf(lanes, deviceId)
      return withLane(lanes, deviceId, { ...lane, until: null, budget: beginAttempt(lane.budget, attemptId, at) })
    }
    case 'PasswordAccepted':
    case 'SignatureAccepted':
      return settled(lanes, event.data.attemptId, true, event.data.at)
    case 'PasswordRejected':
    case 'SignatureRejected':
      return settled(lanes, event.data.attemptId, false, event.data.at)
    case 'LoginLocked': {
      const { deviceId, until, consecutiveLocks, at } = event.data
      return withLane(lanes, deviceId, { budget: resetBudget(laneOf(lanes, deviceId).budget, at), until, consecutiveLocks })
    }
    case 'LoginUnlocked':
      return new Map(
        [...lanes].map(([device, { budget }]) => [device, { ...unusedLane, budget: resetBudget(budget, event.data.at) }] as const),
      )
    default:
      return lanes
  }
}

export function lock(policy: LockoutPolicy, deviceId: DeviceId | null, { consecutiveLocks }: Lane, at: Instant) {
  return LoginLocked({ deviceId, until: lockedUntil(policy, consecutiveLocks + 1, at), consecutiveLocks: consecutiveLocks + 1, at })
}

export function isLocked({ until }: Lane, at: Instant) {
  return until !== null && at < until
}

export function allows(policy: LockoutPolicy, { budget }: Lane, at: Instant) {
  return allowsAttempt(policy.maxAttempts, budget, at)
}

export function spendsBudget(policy: LockoutPolicy, { budget }: Lane, id: AttemptId, at: Instant) {
  return isLastFailure(policy.maxAttempts, budget, id, at)
}
