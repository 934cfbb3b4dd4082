import { randomBytes } from 'node:crypto'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { PasswordHasher } from '../../application/ports/hasher.ts'
import { monotonic } from '../clock/monotone-clock.ts'
import { type Argon2Cost, argon2Hash, argon2Verify } from './argon2.ts'
import { type HashLoad, hashQueue } from './hash-queue.ts'
import { isOutdated, parseStoredHash, storedHash } from './stored-hash.ts'
import { threadShare } from './thread-share.ts'

/** `hash_failed`: argon2 itself failed, most likely for lack of memory. */
export type HashFault = 'unknown_hash' | 'hash_failed'

/** `concurrency`: at most the thread pool minus a reserve; one per core by default. */
export type HasherOptions = Argon2Cost & {
  readonly queueLimit: number
  readonly concurrency?: number
  readonly onFault?: (fault: HashFault) => void
  readonly onRefused?: () => void
  /** Called once. */
  readonly watchLoad?: (load: () => HashLoad) => void
  /** Tests only: the timing test must notice it. */
  readonly dummy?: 'off'
}

const no = { matched: false, outdated: false }

/** Every check costs one full hash, also for an unknown name or an unreadable hash, so that time reveals nothing. */
export async function argon2PasswordHasher(chosen: HasherOptions): Promise<PasswordHasher> {
  const { onFault = () => {}, onRefused = () => {}, queueLimit, dummy: dummySwitch } = chosen
  const concurrency = threadShare(chosen.parallelism, chosen.concurrency)
  const started = monotonic()
  const dummy = await argon2Hash(randomBytes(32).toString('base64url'), chosen)
  const { reserve, load } = hashQueue({ concurrency, queueLimit, expected: monotonic() - started, onRefused })
  chosen.watchLoad?.(load)

  const againstDummy = async (password: string) => {
    await argon2Verify(dummy, password)
    return no
  }

  const againstStored = async (password: string, hash: string) => {
    const stored = parseStoredHash(hash)
    try {
      if (stored !== null) {
        const matched = await argon2Verify(stored.encoded, password)
        return { matched, outdated: matched && isOutdated(stored.cost, chosen) }
      }
    } catch {
      onFault('hash_failed')
      return againstDummy(password)
    }
    onFault('unknown_hash')
    return againstDummy(password)
  }

  const verify = async (password: string, hash: string | null) => {
    try {
      if (hash !== null) return await againstStored(password, hash)
      return dummySwitch === 'off' ? no : await againstDummy(password)
    } catch {
      onFault('hash_failed')
      return no
    }
  }

  return {
    hash: (password, turn) => async () => {
      const place = reserve(turn)
      if (isLeft(place)) return place
      try {
        return right(storedHash(await place.right.run(() => argon2Hash(password, chosen))))
      } catch {
        onFault('hash_failed')
        onRefused()
        return left({ type: 'overloaded', retryAfter: 1 })
      }
    },

    reserve: (turn) => {
      const place = reserve(turn)
      if (isLeft(place)) return place
      const { run, leave } = place.right
      return right({ verify: (password, hash) => () => run(() => verify(password, hash)), release: leave })
    },
  }
}
