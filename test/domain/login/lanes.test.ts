import { describe, expect, test } from 'vitest'
import type { DeviceId } from '../../../domain/kernel/ids.ts'
import { LoginAttempted, type LoginEvent } from '../../../domain/login/events.ts'
import { evolveLanes, type Lanes, laneOf } from '../../../domain/login/lanes.ts'
import { deviceId } from '../../support/domain/ids.ts'
import {
  accepted,
  attempted,
  decider,
  details,
  locked,
  minute,
  rejected,
  right,
  unlock,
  unlocked,
} from '../../support/domain/login-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const lanesOf = (...events: readonly LoginEvent[]) => events.reduce<Lanes>(evolveLanes, new Map())
const on = (device: DeviceId, n: number) => LoginAttempted({ ...details(n), deviceId: device, at: later(0) })
const devices = Array.from({ length: 20 }, (_, n) => deviceId(n + 1))
const twenty = devices.map((device, n) => on(device, n + 1))

describe('the budgets of a name', () => {
  test('stay side by side, the one of unknown devices too', () =>
    expect([...lanesOf(attempted(100), on(deviceId(1), 1), on(deviceId(2), 2)).keys()]).toEqual([null, deviceId(1), deviceId(2)]))
  test('are twenty of known devices: the one that was used longest ago makes room', () => {
    const [first, second, ...others] = devices
    expect([...lanesOf(...twenty, on(deviceId(50), 50)).keys()]).toEqual([second, ...others, deviceId(50)])
    expect([...lanesOf(...twenty, on(first as DeviceId, 60), on(deviceId(50), 50)).keys()]).toEqual([...others, first, deviceId(50)])
  })
  test('are not pushed out by unknown devices, nor push these out', () => {
    expect([...lanesOf(...twenty, attempted(100)).keys()]).toEqual([...devices, null])
    expect([...lanesOf(attempted(100), ...twenty, on(deviceId(50), 50)).keys()]).toEqual([null, ...devices.slice(1), deviceId(50)])
  })
})

describe('a right password', () => {
  const locksAfter = (ms: number) => laneOf(lanesOf(attempted(1), locked(1, 0, minute), accepted(1, ms)), null).consecutiveLocks

  test('that comes during a lock leaves the next one longer', () => expect(locksAfter(minute - 1)).toBe(1))
  test('that comes when the lock has ended lets the next one be short', () => expect(locksAfter(minute)).toBe(0))
  test('tells how many were wrong since the one before', () => {
    const past = [attempted(1), rejected(1), attempted(2), accepted(2, 0, 1), attempted(3)]
    given(decider, past).when(right(3)).then(accepted(3))
  })
})

test('an unlock after a lock that has ended lets the next one be short', () =>
  given(decider, [attempted(1), attempted(2), rejected(1), rejected(2), locked(1, 0, minute), attempted(3, minute)])
    .when(unlock(minute))
    .then(unlocked(minute)))
