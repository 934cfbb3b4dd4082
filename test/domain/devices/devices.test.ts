import { describe, expect, test } from 'vitest'
import { type Command, devices } from '../../../domain/devices/decider.ts'
import { DeviceRemembered, DeviceRemoved, DevicesSummarized } from '../../../domain/devices/events.ts'
import { accountId, deviceId, sealed } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const seen = (n: number) => ({ accountId: accountId(1), deviceId: deviceId(n), userAgent: sealed(`browser-${n}`), at: later(n) })
const remember = (n: number): Command => ({ type: 'remember', ...seen(n) })
const remembered = (n: number, isFirst = false) => DeviceRemembered({ ...seen(n), isFirst })
const remove = (n: number): Command => ({ type: 'remove', deviceId: deviceId(n), at: later(99) })
const removed = (n: number) => DeviceRemoved({ deviceId: deviceId(n), because: 'removed_by_owner', at: later(99) })
const summarized = (hadDevices: boolean, ...numbers: readonly number[]) =>
  DevicesSummarized({
    hadDevices,
    devices: numbers.map((n) => ({ deviceId: deviceId(n), userAgent: sealed(`browser-${n}`), rememberedAt: later(n) })),
    at: later(99),
  })
const twenty = Array.from({ length: 20 }, (_, n) => remembered(n + 1, n === 0))

describe('a device', () => {
  test('is remembered, and is the first of its account', () => given(devices).when(remember(1)).then(remembered(1, true)))
  test('is the first once, though the one before was removed', () => {
    given(devices, [remembered(1, true)])
      .when(remember(2))
      .then(remembered(2))
    given(devices, [remembered(1, true), removed(1)])
      .when(remember(1))
      .then(remembered(1))
  })
  test('that is known is not remembered again', () =>
    given(devices, [remembered(1, true)])
      .when(remember(1))
      .thenNothing())
  test('is removed by its owner', () =>
    given(devices, [remembered(1, true), remembered(2)])
      .when(remove(1))
      .then(removed(1)))
  test('that is not known cannot be removed', () => {
    given(devices, [remembered(1, true)])
      .when(remove(2))
      .thenRefused({ type: 'no_such_device' })
    given(devices, [remembered(1, true), removed(1)])
      .when(remove(1))
      .thenRefused({ type: 'no_such_device' })
  })
  test('stays when another one is removed', () =>
    given(devices, [remembered(1, true), remembered(2), removed(1)])
      .when(remember(2))
      .thenNothing())
  test('is one of twenty: the oldest makes room', () => {
    given(devices, twenty.slice(0, 19)).when(remember(21)).then(remembered(21))
    given(devices, twenty)
      .when(remember(21))
      .then(DeviceRemoved({ deviceId: deviceId(1), because: 'too_many_devices', at: later(21) }), remembered(21))
  })
})

describe('the summary of the devices', () => {
  test('says the same as the events before it', () => {
    const past = [remembered(1, true), remembered(2), removed(1)]
    const state = past.reduce(devices.evolve, devices.initial)
    expect(state).toEqual({
      devices: new Map([[deviceId(2), { userAgent: sealed('browser-2'), rememberedAt: later(2) }]]),
      hadDevices: true,
    })
    expect(devices.summary?.of(state, removed(2))).toEqual(summarized(true, 2))
    expect(devices.evolve(devices.initial, summarized(true, 2))).toEqual(state)
  })
  test('of none says whether there were any', () => {
    given(devices, [summarized(true)])
      .when(remember(1))
      .then(remembered(1))
    given(devices, [summarized(false)])
      .when(remember(1))
      .then(remembered(1, true))
  })
})
