import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { issuer, origins, smtpUrl } from '../../../infrastructure/configuration/readers.ts'
import { smtp } from '../../../infrastructure/mail/smtp.ts'
import { drawQr } from '../../../infrastructure/otp/draw-qr.ts'
import { totpProvider } from '../../../infrastructure/otp/totp-provider.ts'

const percent = fc.stringMatching(/^smtps?:\/\/[a-z%0-9]{1,8}:[a-zA-F%0-9]{1,8}@[a-z%.]{1,8}(:[0-9]{1,4})?$/)

test.each(['smtps://user:pa%ss@mail.example.org', 'smtps://us%er:pass@mail.example.org', 'smtps://u:%FF@mail.example.org', 'smtp://ma%il'])(
  'SMTP_URL=%s is refused by its reader',
  (url) => expect(isRight(smtpUrl.decode(url))).toBe(false),
)

test('no SMTP_URL that the reader takes fails where it is used', () => {
  fc.assert(
    fc.property(percent, (url) => {
      if (isRight(smtpUrl.decode(url))) smtp({ url, from: 'a@example.org', onFailure: () => {} })
    }),
    { numRuns: 1000 },
  )
})

test.each(['https://*.example.org', 'https://a.*', 'https://*'])('ALLOWED_ORIGINS=%s is refused, because it would match nothing', (text) =>
  expect(isRight(origins.decode(text))).toBe(false),
)

test('an issuer is bounded in bytes', () => {
  expect(isRight(issuer.decode('😀'.repeat(16)))).toBe(true)
  expect(isRight(issuer.decode('😀'.repeat(17)))).toBe(false)
})

test('with every issuer and every address there is a QR code', async () => {
  const text = (unit: fc.Arbitrary<string>) => fc.string({ unit, minLength: 1, maxLength: 242 })
  const label = fc.oneof(text(fc.constantFrom('😀', 'é', 'a', '👩‍👩‍👧')), text(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('G', 'x'.repeat(64), '😀'.repeat(16)), label, async (name, local) => {
      const uri = totpProvider({ issuer: name, window: 1 }).uri('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', `${local}@example.org`) ?? ''
      expect(uri.length).toBeLessThan(1000)
      expect(await drawQr(uri)()).toMatch(/^data:image/)
    }),
    { numRuns: 20 },
  )
})
