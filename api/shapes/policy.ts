import * as t from 'io-ts'
import { strictObject } from '../codecs/strict-object.ts'

const PolicyValue = t.union([t.string, t.number, t.boolean, t.readonlyArray(t.string), t.null])

const PolicyEntry = strictObject({
  variable: t.string,
  section: t.string,
  value: PolicyValue,
  default: PolicyValue,
  description: t.string,
})

export const Policy = strictObject({ policy: t.readonlyArray(PolicyEntry) })

export type Policy = t.TypeOf<typeof Policy>
