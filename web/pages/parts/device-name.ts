import Bowser from 'bowser'

export type DeviceKind = 'phone' | 'laptop'

const parsed = (userAgent: string | null) => {
  if (userAgent === null || userAgent === '') return null
  const { browser, os, platform } = Bowser.parse(userAgent)
  return { browser: browser.name, system: os.name, platform: platform.type }
}

/** Browser and system, by what the browser says of itself: everybody can say anything. Null if that names nothing. */
export function deviceName(userAgent: string | null): string | null {
  const device = parsed(userAgent)
  if (device?.browser === undefined || device.browser === '') return null
  return [device.browser, device.system].filter((part) => part !== undefined && part !== '').join(' · ')
}

export function deviceKind(userAgent: string | null): DeviceKind {
  const platform = parsed(userAgent)?.platform
  return platform === 'mobile' || platform === 'tablet' ? 'phone' : 'laptop'
}
