import * as t from 'io-ts'
import { strictObject } from '../codecs/strict-object.ts'

const textOrNull = t.union([t.string, t.null])

export const ServiceSettings = strictObject({
  service: strictObject({ name: t.string, logo: textOrNull, color: textOrNull }),
  registration: t.keyof({ open: null, closed: null, verified: null }),
  captcha: t.boolean,
  password: strictObject({ minLength: t.number, minLengthWithSecondFactor: t.number, maxLength: t.number }),
  secondFactor: strictObject({ provider: t.string, recoveryCodes: t.keyof({ 'single-use': null, 'jump-ahead': null }) }),
})

export type ServiceSettings = t.TypeOf<typeof ServiceSettings>
