import Bowser from 'bowser'
import * as t from 'io-ts'
import { strictObject } from '../codecs/strict-object.ts'

const Named = t.union([t.string, t.null])

/** What a user agent names: `platform` is `desktop`, `mobile`, `tablet`, `tv` or `bot`. Null for what it does not name. Everybody can send anything. */
export const Device = strictObject({ browser: Named, system: Named, platform: Named })

const named = (name: string | undefined) => (name === undefined || name === '' ? null : name)

export function deviceOf(userAgent: string | null): t.TypeOf<typeof Device> {
  if (userAgent === null || userAgent === '') return { browser: null, system: null, platform: null }
  const { browser, os, platform } = Bowser.parse(userAgent)
  return { browser: named(browser.name), system: named(os.name), platform: named(platform.type) }
}
