import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Device, deviceOf } from '../../../api/sessions/device.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'
const android = 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'
const nothing = { browser: null, system: null, platform: null }

test('names browser, system and platform', () => {
  expect(deviceOf(firefox)).toEqual({ browser: 'Firefox', system: 'Windows', platform: 'desktop' })
  expect(deviceOf(android)).toEqual({ browser: 'Chrome', system: 'Android', platform: 'mobile' })
})

test('names nothing that it does not know', () => {
  expect([deviceOf(null), deviceOf(''), deviceOf('curl/8.5.0')]).toEqual([nothing, nothing, nothing])
})

test('takes any text that somebody sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 256 }), (userAgent) => {
      const device = deviceOf(userAgent)
      expect(isRight(Device.decode(device))).toBe(true)
      expect(Object.values(device)).not.toContain('')
    }),
  )
})
