import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deviceKind, deviceName } from '../../../web/pages/parts/device-name.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'
const android = 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'

test('names browser and system', () => {
  expect([deviceName(firefox), deviceKind(firefox)]).toEqual(['Firefox · Windows', 'laptop'])
  expect([deviceName(android), deviceKind(android)]).toEqual(['Chrome · Android', 'phone'])
})

test('names nothing that it does not know', () => {
  expect([deviceName(null), deviceName(''), deviceName('curl/8.5.0')]).toEqual([null, null, null])
  expect(deviceKind(null)).toBe('laptop')
})

test('takes any text that somebody sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 256 }), (userAgent) => {
      expect(['phone', 'laptop']).toContain(deviceKind(userAgent))
      expect(deviceName(userAgent)).not.toBe('')
    }),
  )
})
