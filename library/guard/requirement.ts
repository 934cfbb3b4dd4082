import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode } from '../../api/codecs/decode.ts'
import { described } from '../../api/codecs/primitives.ts'
import { strictObject } from '../../api/codecs/strict-object.ts'
import type { SessionRequirements } from '../../api/guards/session-requirements.ts'
import { ClaimName, ClaimValueInput, RoleName } from '../../api/shapes/names.ts'
import type { ClaimValue } from '../../domain/account/events.ts'

/** What a session must have beside being there. Everything that is given must hold; of several roles, one. */
export type Requirement = {
  readonly role?: string | readonly string[]
  readonly claim?: { readonly name: string; readonly value: ClaimValue }
  readonly elevated?: boolean
}

const RoleNames = t.refinement(t.array(RoleName), (roles) => roles.length > 0)

const Codec = strictObject(
  {},
  {
    role: described(t.union([RoleName, RoleNames]), 'the name of a role, or a list of them', {}),
    claim: strictObject({ name: ClaimName, value: ClaimValueInput }),
    elevated: described(t.boolean, 'true or false', {}),
  },
)

/** Throws a TypeError for what is no requirement, `undefined` too: one that got lost on its way would let everybody in. */
export function readRequirement(given: Requirement): SessionRequirements {
  const read = decode(Codec, given)
  if (isLeft(read)) throw new TypeError(read.left.map(({ path, expected }) => `${path || 'requirement'}: expected ${expected}`).join('; '))
  const { role, claim, elevated } = read.right
  return {
    roles: typeof role === 'string' ? [role] : role,
    claim: claim && [claim.name, claim.value],
    elevated,
  }
}
