import { base32nopad } from '@scure/base'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode } from '../../api/codecs/decode.ts'
import { described } from '../../api/codecs/primitives.ts'
import { strictObject } from '../../api/codecs/strict-object.ts'
import { Email } from '../../api/shapes/credentials.ts'
import { ClaimsInput, RoleName } from '../../api/shapes/names.ts'
import type { AccountToImport } from '../../application/importing/import-account.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import { given } from '../host-input.ts'

const ordinaryRole = described(
  t.refinement(RoleName, (role) => role !== administratorRole),
  `a role name other than ${administratorRole}, which is granted afterwards: a lowercase letter, then up to 63 of a-z, 0-9, _ and -`,
  {},
)

const mostRoles = 100

/** Bytes. The library that computes codes refuses other secrets. */
const [shortestSecret, longestSecret] = [16, 64]

/** Authenticators show it in groups, in either case. `null` for what no code can be made of. */
const secretIn = (text: string) => {
  const base32 = text.replace(/[\s=-]/g, '').toUpperCase()
  // Five bits a digit.
  if (base32.length > longestSecret * 2) return null
  try {
    const { length } = base32nopad.decode(base32)
    return length >= shortestSecret && length <= longestSecret ? base32 : null
  } catch {
    return null
  }
}

const totpSecret = described(
  t.refinement(t.string, (text) => secretIn(text) !== null),
  'base32 of 16 to 64 bytes, for codes of 6 digits every 30 seconds (SHA-1)',
  {},
)

const passwordHash = described(t.union([t.string, t.null]), 'a hash in one of the documented forms, external or null', {})

const Imported = strictObject(
  { email: Email },
  { emailVerified: t.boolean, passwordHash, totpSecret, roles: t.array(ordinaryRole), claims: ClaimsInput, disabled: t.boolean },
)

type Read = { readonly account: AccountToImport } | { readonly expected: string }

/** `expected` names what is wrong and never repeats it. */
export function readImportedAccount(input: unknown): Read {
  const read = decode(Imported, given(input))
  if (isLeft(read)) return { expected: read.left.map(({ path, expected }) => `${path || 'account'}: expected ${expected}`).join('; ') }
  const { email, emailVerified = false, passwordHash = null, totpSecret: secret, claims = {}, disabled = false } = read.right
  const chosen = read.right.roles ?? []
  if (chosen.length > mostRoles) return { expected: `roles: expected at most ${mostRoles} role names` }
  const kept = { email, emailVerified, passwordHash, roles: [...new Set(chosen)], claims, isDisabled: disabled }
  return { account: { ...kept, totpSecret: secret === undefined ? null : secretIn(secret) } }
}
