import { describe, test } from 'vitest'
import type { DeviceId } from '../../../domain/kernel/ids.ts'
import type { Command } from '../../../domain/login/decider.ts'
import { LoginAttempted, LoginLocked } from '../../../domain/login/events.ts'
import { deviceId } from '../../support/domain/ids.ts'
import {
  accepted,
  attempt,
  attempted,
  decider,
  details,
  lockedOnce,
  minute,
  rejected,
  unlocked,
  wrong,
} from '../../support/domain/login-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

describe('a known device', () => {
  const [phone, laptop] = [deviceId(1), deviceId(2)]
  const on = (device: DeviceId, n: number, ms = 0): Command => ({ type: 'attempt', ...details(n), deviceId: device, at: later(ms) })
  const attemptedOn = (device: DeviceId, n: number, ms = 0) => LoginAttempted({ ...details(n), deviceId: device, at: later(ms) })
  const lockedOn = (device: DeviceId, ms: number) =>
    LoginLocked({ deviceId: device, until: later(ms + minute), consecutiveLocks: 1, at: later(ms) })

  test('is not locked by guesses from elsewhere', () =>
    given(decider, lockedOnce)
      .when(on(phone, 3, 5))
      .then(attemptedOn(phone, 3, 5)))
  test('has a budget of its own, which locks it alone', () => {
    const failed = [attemptedOn(phone, 1), rejected(1), attemptedOn(phone, 2)]
    given(decider, failed).when(wrong(2, 5)).then(rejected(2, 5), lockedOn(phone, 5))
    given(decider, [...failed, rejected(2, 5), lockedOn(phone, 5)])
      .when(on(phone, 3, 6))
      .thenRefused({ type: 'locked_out', until: later(5 + minute) })
    given(decider, [...failed, rejected(2, 5), lockedOn(phone, 5)])
      .when(on(laptop, 3, 6))
      .then(attemptedOn(laptop, 3, 6))
    given(decider, [...failed, rejected(2, 5), lockedOn(phone, 5)])
      .when(attempt(3, 6))
      .then(attempted(3, 6))
  })
  test('does not lift the lock of others when it is right', () =>
    given(decider, [...lockedOnce, attemptedOn(phone, 3, 5), accepted(3, 6, 2)])
      .when(attempt(4, 7))
      .thenRefused({ type: 'locked_out', until: later(minute) }))
  test('is unlocked with all the others', () =>
    given(decider, [...lockedOnce, lockedOn(phone, 5), unlocked(6)])
      .when(on(phone, 3, 7))
      .then(attemptedOn(phone, 3, 7)))
  test('is one of twenty: the one that was tried longest ago begins anew', () => {
    const others = Array.from({ length: 20 }, (_, n) => attemptedOn(deviceId(n + 10), n + 10, 1))
    given(decider, [attemptedOn(phone, 1), rejected(1), attemptedOn(phone, 2), rejected(2), lockedOn(phone, 0), ...others])
      .when(on(phone, 3, 5))
      .then(attemptedOn(phone, 3, 5))
  })
})
