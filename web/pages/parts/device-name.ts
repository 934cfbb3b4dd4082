import type { AnswerOf } from '../../client/result.ts'

type Device = AnswerOf<'GET /devices'>['devices'][number]['device']

/** Browser and system. Null if the device names no browser. */
export function deviceName({ browser, system }: Device): string | null {
  return browser === null || system === null ? browser : `${browser} · ${system}`
}

export function deviceIcon({ platform }: Device): 'phone' | 'laptop' {
  return platform === 'mobile' || platform === 'tablet' ? 'phone' : 'laptop'
}
