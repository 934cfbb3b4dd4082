import type { Either } from 'fp-ts/lib/Either.js'
import { aggregates, type Policies } from '../../application/aggregates.ts'
import type { Caller } from '../../application/caller.ts'
import type { Dependencies } from '../../application/dependencies.ts'
import type { EventStore } from '../../application/event-store.ts'
import { refusals } from '../../application/fold-refusals.ts'
import { journal } from '../../application/handle.ts'
import type { PasswordHasher } from '../../application/ports.ts'
import { passwordPolicy } from '../../domain/account/password-policy.ts'
import { settableClock } from '../../infrastructure/clock/settable-clock.ts'
import { memoryEventStore } from '../../infrastructure/event-store/memory/memory-event-store.ts'
import { argon2PasswordHasher } from '../../infrastructure/hashing/argon2-password-hasher.ts'
import { isCommonPassword } from '../../infrastructure/hashing/common-passwords.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { openIndexKey } from '../../infrastructure/sealing/index-key.ts'
import { sealingVault } from '../../infrastructure/sealing/vault.ts'
import { randomTokens } from '../../infrastructure/tokens/random-tokens.ts'
import { noon } from './domain/time.ts'
import { succeed } from './house/outcomes.ts'

export const setupToken = 'the-setup-token-of-this-house'

const second = 1000
const masterKey = Buffer.alloc(32, 7)
const policies: Policies = {
  lockout: { maxAttempts: 5, lockout: 60 * second, lockoutMax: 3600 * second },
  session: { idle: 86_400 * second, absolute: 2_592_000 * second, elevation: 900 * second, refresh: 2_592_000 * second },
}

/** The least that argon2 allows: 8 KiB, one pass. */
const cheapest = { memoryKiB: 8, time: 1, parallelism: 1 }

type NodeOptions = {
  /** What stands between this node and the log; a fault or a delay, mostly. */
  readonly store?: (store: EventStore) => EventStore
  readonly hasher?: (hasher: PasswordHasher) => PasswordHasher
  /** argon2's `time`, 1 unless told. */
  readonly passes?: number
  readonly queueLimit?: number
}

const passwordRules = passwordPolicy({ minLength: 8, isCommon: isCommonPassword })

/**
 * The real application on the log in memory. `restart` opens another one on the same log and clock, with nothing in its memory: the same
 * house after a stop, or a second node beside the first. `counts` is of all of them.
 */
export const openHouse = async (options: NodeOptions & { readonly lockout?: Partial<Policies['lockout']> } = {}) => {
  const clock = settableClock(noon)
  const log = memoryEventStore({ now: clock.now })
  const counts = { hashCalls: 0 }
  const caller: Caller = { address: '192.0.2.7', userAgent: 'a test', correlationId: newId() }
  const rules = aggregates({ ...policies, lockout: { ...policies.lockout, ...options.lockout } })

  const counted = (hasher: PasswordHasher): PasswordHasher => ({
    hash: (password) => () => {
      counts.hashCalls++
      return hasher.hash(password)()
    },
    reserve: () => {
      const place = hasher.reserve()
      if (place._tag === 'Left') return place
      const verify: typeof place.right.verify = (password, hash) => () => {
        counts.hashCalls++
        return place.right.verify(password, hash)()
      }
      return { _tag: 'Right', right: { ...place.right, verify } } satisfies Either<never, typeof place.right>
    },
  })

  const restart = async ({ store: between = (s) => s, hasher = (h) => h, passes = 1, queueLimit = 1000 }: NodeOptions = {}) => {
    const store = between(log)
    const needs = { store, now: clock.now, newId, masterKey }
    const { load, handle } = journal({ store, newId })
    const refused = refusals({ handle, aggregates: rules, newId })
    const deps: Dependencies = {
      load,
      handle,
      aggregates: rules,
      now: clock.now,
      newId,
      hasher: counted(hasher(await argon2PasswordHasher({ ...cheapest, time: passes, queueLimit }))),
      vault: sealingVault(needs),
      indexEmail: await succeed(openIndexKey(needs)),
      tokens: randomTokens,
      noteRefusal: refused.note,
      passwordPolicy: passwordRules,
      isSetupToken: (token) => token === setupToken,
    }
    return { deps, store: log, clock, caller, counts, recordRefusals: refused.record, restart }
  }

  return restart(options)
}

export type House = Awaited<ReturnType<typeof openHouse>>
