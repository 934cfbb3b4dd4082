import { isAffordable, isPossible } from './cost-limits.ts'
import { type Derivation, derivationOf, hashKindOf } from './derivation.ts'
import { derive, deriveForNobody } from './derive.ts'
import { asTyped, type ImportedHash } from './imported-hash.ts'

const matches = async ({ derivation, salt, encode, accepts }: ImportedHash, password: string) =>
  accepts(await derive(derivation, encode(password), salt))

/** `own`: the hash of the account itself. */
export type CheckFault = 'own' | 'cover'

/**
 * The kinds of imported hashes that there are. Each check does the work of all of them, in one order, with the hash of the account where
 * it has one: an unknown name, an account with a hash of ours and one with an imported hash take the same time. Only the account's own
 * hash decides; the failure of another one is a fault and nothing more.
 */
export function coveredKinds(onFault: (fault: CheckFault) => void) {
  const kinds = new Map<string, Derivation>()

  const isOwn = (hash: ImportedHash, password: string) =>
    matches(hash, password).catch(() => {
      onFault('own')
      return false
    })

  const check = async (password: string, hash: ImportedHash | null) => {
    const own = hash === null ? null : hashKindOf(hash.derivation)
    let matched = false
    for (const [kind, derivation] of kinds) {
      if (hash !== null && kind === own) matched = await isOwn(hash, password)
      else await deriveForNobody(derivation, asTyped(password)).catch(() => onFault('cover'))
    }
    return hash !== null && own !== null && !kinds.has(own) ? isOwn(hash, password) : matched
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
