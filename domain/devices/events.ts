import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, DeviceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

const UserAgent = t.union([Sealed, t.null])

/** A device from which a login succeeded. `isFirst`: the account knew none before. */
export const DeviceRemembered = defineEvent('DeviceRemembered', 1, {
  accountId: AccountId,
  deviceId: DeviceId,
  userAgent: UserAgent,
  isFirst: t.boolean,
  at: Instant,
})

export const DeviceRemoved = defineEvent('DeviceRemoved', 1, {
  deviceId: DeviceId,
  because: t.keyof({ removed_by_owner: null, too_many_devices: null }),
  at: Instant,
})

/** The state of the stream, so that reading can start here. */
export const DevicesSummarized = defineEvent('DevicesSummarized', 1, {
  hadDevices: t.boolean,
  devices: t.array(t.strict({ deviceId: DeviceId, userAgent: UserAgent, rememberedAt: Instant })),
  at: Instant,
})

export const devicesEvents = [DeviceRemembered, DeviceRemoved, DevicesSummarized] as const

export type DevicesEvent = EventOf<(typeof devicesEvents)[number]>
