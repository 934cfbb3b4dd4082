import { randomBytes } from 'node:crypto'
import { type Either, isLeft, isRight, left, map, right } from 'fp-ts/lib/Either.js'
import type { HashRefused, HashToImport, HashTurn, PasswordHasher } from '../../application/ports/hasher.ts'
import { monotonic } from '../clock/monotone-clock.ts'
import { type Argon2Cost, argon2Hash, argon2Verify } from './argon2.ts'
import { type HashLoad, hashQueue } from './hash-queue.ts'
import { coveredKinds } from './imported/covered-kinds.ts'
import { type Derivation, hashKindOf } from './imported/derivation.ts'
import { kindTrials, uncomputable } from './imported/kind-trials.ts'
import { readImportedHash } from './imported/read-imported-hash.ts'
import { readWeakHash } from './imported/weak-hash.ts'
import { readWrapped, verifyWrapped, wrap } from './imported/wrapped-hash.ts'
import { isOutdated, parseStoredHash, storedHash } from './stored-hash.ts'
import { threadShare } from './thread-share.ts'

/** `hash_failed`: the hash function itself failed, most likely for lack of memory. `cover_failed`: the same for a hash that only takes time. */
export type HashFault = 'unknown_hash' | 'hash_failed' | 'cover_failed'

/** `concurrency`: at most the thread pool minus a reserve; one per core by default. */
export type HasherOptions = Argon2Cost & {
  readonly queueLimit: number
  readonly concurrency?: number
  readonly onFault?: (fault: HashFault) => void
  readonly onRefused?: () => void
  /** Called once. */
  readonly watchLoad?: (load: () => HashLoad) => void
  /** Tests only: the timing tests must notice it. `no-kinds`: the kinds of imported hashes are not covered. */
  readonly dummy?: 'off' | 'no-kinds'
}

const no = { matched: false, outdated: false }

/** Every check costs one full hash, and one of each imported kind, also for an unknown name or an unreadable hash, so that time reveals nothing. */
export async function argon2PasswordHasher(chosen: HasherOptions): Promise<PasswordHasher> {
  const { onFault = () => {}, onRefused = () => {}, queueLimit, dummy: dummySwitch } = chosen
  const concurrency = threadShare(chosen.parallelism, chosen.concurrency)
  const started = monotonic()
  const dummy = await argon2Hash(randomBytes(32).toString('base64url'), chosen)
  const { reserve, reserveWhenFree, load } = hashQueue({ concurrency, queueLimit, expected: monotonic() - started, onRefused })
  const covered = coveredKinds((fault) => onFault(fault === 'own' ? 'hash_failed' : 'cover_failed'))
  const tryOut = kindTrials()
  chosen.watchLoad?.(load)

  /** Never decides anything, not even by its failure. */
  const againstDummy = async (password: string) => {
    if (dummySwitch !== 'off') await argon2Verify(dummy, password).catch(() => onFault('cover_failed'))
    return no
  }

  const againstOwn = async (password: string, hash: string) => {
    const stored = parseStoredHash(hash)
    if (stored !== null) {
      const matched = await argon2Verify(stored.encoded, password)
      return { matched, outdated: matched && isOutdated(stored.cost, chosen) }
    }
    const wrapped = readWrapped(hash)
    if (wrapped === null) {
      onFault('unknown_hash')
      return againstDummy(password)
    }
    const matched = await verifyWrapped(wrapped, password)
    return { matched, outdated: matched }
  }

  /** What cannot be verified takes as long. */
  const ofOurs = (password: string, hash: string) =>
    againstOwn(password, hash).catch(() => {
      onFault('hash_failed')
      return againstDummy(password)
    })

  const verify = async (password: string, hash: string | null) => {
    const read = hash === null ? null : readImportedHash(hash)
    const imported = read !== null && isRight(read) && read.right.stored === hash ? read.right : null
    const own = hash === null || imported !== null ? await againstDummy(password) : await ofOurs(password, hash)
    const matched = await covered.check(password, imported)
    return imported === null ? own : { matched, outdated: matched }
  }

  const inTurn = async (turn: HashTurn, job: () => Promise<string>) => {
    const place = reserve(turn)
    if (isLeft(place)) return place
    try {
      return right(await place.right.run(job))
    } catch {
      onFault('hash_failed')
      onRefused()
      return left({ type: 'overloaded' as const, retryAfter: 1 })
    }
  }

  /** An import waits for a place. */
  const whenFree =
    (turn: HashTurn) =>
    async <A>(job: () => Promise<A>) =>
      (await reserveWhenFree(turn)).run(job)

  const wrapped = async (weak: NonNullable<ReturnType<typeof readWeakHash>>, turn: HashTurn): Promise<Either<HashRefused, string>> => {
    try {
      return right(await whenFree(turn)(() => wrap(weak, chosen)))
    } catch {
      return uncomputable
    }
  }

  return {
    hash: (password, turn) => () => inTurn(turn, async () => storedHash(await argon2Hash(password, chosen))),

    reserve: (turn) => {
      const place = reserve(turn)
      if (isLeft(place)) return place
      const { run, leave } = place.right
      return right({ verify: (password, hash) => () => run(() => verify(password, hash)), release: leave })
    },

    readImported: (text) => {
      const weak = readWeakHash(text)
      if (weak !== null) return right({ kind: null, tryOut: () => async () => right(undefined), keep: (turn) => () => wrapped(weak, turn) })
      const kept = ({ derivation, stored }: { derivation: Derivation; stored: string }): HashToImport => ({
        kind: hashKindOf(derivation),
        tryOut: (turn) => () => tryOut(derivation, whenFree(turn)),
        keep: () => async () => right(stored),
      })
      return map(kept)(readImportedHash(text))
    },

    coverKind: (kind) => {
      if (dummySwitch === undefined) covered.add(kind)
    },
    isCovered: covered.has,
  }
}
