import { isAffordable, isPossible } from './cost-limits.ts'
import { type Derivation, derivationOf, hashKindOf } from './derivation.ts'
import { derive, deriveForNobody } from './derive.ts'
import { asTyped, type ImportedHash } from './imported-hash.ts'

const matches = async ({ derivation, salt, encode, accepts }: ImportedHash, password: string) =>
  accepts(await derive(derivation, encode(password), salt))

/**
 * The kinds of imported hashes that there are. Each check does the work of all of them, in one order, with the hash of the account where
 * it has one: an unknown name, an account with a hash of ours and one with an imported hash take the same time.
 */
export function coveredKinds() {
  const kinds = new Map<string, Derivation>()

  const check = async (password: string, hash: ImportedHash | null) => {
    const own = hash === null ? null : hashKindOf(hash.derivation)
    let matched = false
    for (const [kind, derivation] of kinds) {
      if (hash !== null && kind === own) matched = await matches(hash, password)
      else await deriveForNobody(derivation, asTyped(password))
    }
    return hash !== null && own !== null && !kinds.has(own) ? matches(hash, password) : matched
  }

  return {
    check,
    has: (kind: string) => kinds.has(kind),
    add: (kind: string) => {
      const derivation = derivationOf(kind)
      if (derivation !== null && isPossible(derivation) && isAffordable(derivation)) kinds.set(kind, derivation)
    },
  }
}
