import { byCommand } from '../kernel/explain/explanation.ts'
import { type Command, devices, type State } from './decider.ts'
import type { DevicesEvent } from './events.ts'

const commandOf = (_: State, [event, next]: readonly DevicesEvent[]): Command | null => {
  if (event?.type === 'DeviceRemembered') return { type: 'remember', ...event.data }
  if (event?.type !== 'DeviceRemoved') return null
  if (event.data.because === 'removed_by_owner') return { type: 'remove', ...event.data }
  return next?.type === 'DeviceRemembered' ? { type: 'remember', ...next.data } : null
}

export const devicesExplainer = byCommand(devices, commandOf)
