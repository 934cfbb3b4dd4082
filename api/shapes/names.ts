import * as t from 'io-ts'
import { ClaimValue } from '../../domain/account/events.ts'
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

const roleNames = /^[a-z][a-z0-9_-]{0,63}(,[a-z][a-z0-9_-]{0,63}){0,31}$/

/** In a query: one name, or several with commas between them. */
export const RoleNames = described(
  new t.Type<readonly string[], string, unknown>(
    'role names',
    (u): u is readonly string[] => Array.isArray(u) && u.every(RoleName.is),
    (u, context) => (typeof u === 'string' && roleNames.test(u) ? t.success(u.split(',')) : t.failure(u, context)),
    (roles) => roles.join(','),
  ),
  'names of roles, comma-separated',
  { type: 'string', pattern: roleNames.source },
)

export const ClaimName = name('claim')

const valueSchema = { type: ['boolean', 'number', 'string'], maxLength: 256 }

export const ClaimValueInput = described(ClaimValue, 'a boolean, a number or a string of at most 256 characters', valueSchema)

/** A record with `ClaimName` as its domain would drop other names. */
export const ClaimsInput = described(
  t.refinement(t.record(t.string, ClaimValueInput), (claims) => Object.keys(claims).every(ClaimName.is)),
  'an object of claims by name',
  { type: 'object', propertyNames: { pattern: '^[a-z][a-z0-9_-]{0,63}$' }, additionalProperties: valueSchema },
)
