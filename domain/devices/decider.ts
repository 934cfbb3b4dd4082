import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, DeviceId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { DeviceRemembered, DeviceRemoved, type DevicesEvent, DevicesSummarized } from './events.ts'

type Device = { readonly userAgent: Sealed | null; readonly rememberedAt: Instant }

/** Oldest first. */
export type State = { readonly devices: ReadonlyMap<DeviceId, Device>; readonly hadDevices: boolean }

export type Command =
  | { type: 'remember'; accountId: AccountId; deviceId: DeviceId; userAgent: Sealed | null; at: Instant }
  | { type: 'remove'; deviceId: DeviceId; at: Instant }

export type Refusal = { type: 'no_such_device' }

const most = 20

const evolve = ({ devices, hadDevices }: State, event: DevicesEvent): State => {
  switch (event.type) {
    case 'DeviceRemembered': {
      const { deviceId, userAgent, at } = event.data
      return { devices: new Map([...devices, [deviceId, { userAgent, rememberedAt: at }] as const]), hadDevices: true }
    }
    case 'DeviceRemoved':
      return { devices: new Map([...devices].filter(([id]) => id !== event.data.deviceId)), hadDevices }
    case 'DevicesSummarized':
      return {
        devices: new Map(event.data.devices.map(({ deviceId, ...device }) => [deviceId, device])),
        hadDevices: event.data.hadDevices,
      }
  }
}

/** The devices of an account from which a login succeeded (OWASP device cookies). */
export const devices: Decider<State, Command, DevicesEvent, Refusal> = {
  initial: { devices: new Map(), hadDevices: false },
  evolve,
  summary: {
    type: DevicesSummarized.type,
    of: ({ devices, hadDevices }, next) =>
      DevicesSummarized({ hadDevices, devices: [...devices].map(([deviceId, device]) => ({ deviceId, ...device })), at: next.data.at }),
  },
  decide: (command, { devices, hadDevices }) => {
    const { at, deviceId } = command
    if (command.type === 'remove')
      return devices.has(deviceId)
        ? right([DeviceRemoved({ deviceId, because: 'removed_by_owner', at })])
        : left({ type: 'no_such_device' })
    if (devices.has(deviceId)) return right([])
    const { type: _, ...remembered } = command
    const [oldest] = devices.keys()
    const removed =
      devices.size >= most && oldest !== undefined ? [DeviceRemoved({ deviceId: oldest, because: 'too_many_devices', at })] : []
    return right([...removed, DeviceRemembered({ ...remembered, isFirst: !hadDevices })])
  },
}
