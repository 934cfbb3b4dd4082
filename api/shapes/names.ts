import * as t from 'io-ts'
import { described } from '../codecs/primitives.ts'

const name = (what: string) => {
  const shape = /^[a-z][a-z0-9_-]{0,63}$/
  const codec = t.refinement(t.string, (s) => shape.test(s))
  return described(codec, `a ${what} name: a lowercase letter, then up to 63 of a-z, 0-9, _ and -`, {
    type: 'string',
    pattern: shape.source,
  })
}

export const RoleName = name('role')
export const ClaimName = name('claim')
