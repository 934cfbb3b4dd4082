import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Either, right } from 'fp-ts/lib/Either.js'
import { nameBudget } from '../../api/protection/name-budget.ts'
import type { Caller } from '../../application/caller.ts'
import { refusedGuesses } from '../../application/guesses/refused-guesses.ts'
import { aggregates, type Policies } from '../../application/journal/aggregates.ts'
import { openJournal } from '../../application/journal/journal.ts'
import { refusedAttempts } from '../../application/login/refused-attempts.ts'
import type { Ports } from '../../application/needs.ts'
import { composeMail } from '../../application/notifications/compose-mail.ts'
import { mailPace } from '../../application/notifications/mail-pace.ts'
import { notableEvents } from '../../application/notifications/notice.ts'
import { notifyOwner } from '../../application/notifications/notify-owner.ts'
import type { EventStore } from '../../application/ports/event-store.ts'
import type { PasswordHasher } from '../../application/ports/hasher.ts'
import type { Mail } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import type { OpenRecoverySet } from '../../application/ports/recovery-codes.ts'
import { passwordPolicy } from '../../domain/account/password-policy.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { StoredEvent } from '../../domain/kernel/reader.ts'
import type { TotpSecret } from '../../domain/second-factor/events.ts'
import { blobFiles } from '../../infrastructure/blobs/blob-files.ts'
import { settableClock } from '../../infrastructure/clock/settable-clock.ts'
import { memoryEventStore } from '../../infrastructure/event-store/memory/memory-event-store.ts'
import { argon2PasswordHasher } from '../../infrastructure/hashing/argon2-password-hasher.ts'
import { isCommonPassword } from '../../infrastructure/hashing/common-passwords.ts'
import { ed25519IdentityKeys } from '../../infrastructure/identity-keys/ed25519-identity-keys.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { drawQr } from '../../infrastructure/otp/draw-qr.ts'
import { totpProvider } from '../../infrastructure/otp/totp-provider.ts'
import { readCode } from '../../infrastructure/recovery/code-text.ts'
import { recoveryCodes } from '../../infrastructure/recovery/recovery-codes.ts'
import { openDerive } from '../../infrastructure/sealing/keys/derivation-key.ts'
import { openIndexKey } from '../../infrastructure/sealing/keys/index-key.ts'
import { sealingVault } from '../../infrastructure/sealing/vault.ts'
import { randomTokens } from '../../infrastructure/tokens/random-tokens.ts'
import { noon } from './domain/time.ts'
import { succeed } from './test-app/outcomes.ts'

export const setupToken = 'the-setup-token-of-this-app'

const second = 1000
const masterKey = Buffer.alloc(32, 7)
const policies: Policies = {
  login: { maxAttempts: 5, lockout: 60 * second, lockoutMax: 3600 * second, challengeLifetime: null },
  codes: { maxAttempts: 5, lockout: 60 * second, lockoutMax: 3600 * second },
  identity: { rotation: 72 * 3600 * second },
  session: {
    idle: 86_400 * second,
    absolute: 2_592_000 * second,
    elevation: 900 * second,
    refresh: 2_592_000 * second,
    refreshGrace: 0,
    maxFailures: 5,
  },
}

/** The least that argon2 allows: 8 KiB, one pass. */
const cheapest = { memoryKiB: 8, time: 1, parallelism: 1 }

type NodeOptions = {
  /** Wraps the log for this node, for example with a fault or a delay. */
  readonly store?: (store: EventStore) => EventStore
  readonly hasher?: (hasher: PasswordHasher) => PasswordHasher
  /** argon2's `time`, 1 by default. */
  readonly passes?: number
  readonly queueLimit?: number
  /** 0, no limit, by default. */
  readonly namesPerHour?: number
  /** By default TOTP with a window of one step. */
  readonly otp?: OtpProvider
  readonly totpSecrets?: TotpSecret['mode']
  readonly recovery?: OpenRecoverySet['scheme']
  readonly isLegacyPassword?: Ports['policy']['isLegacyPassword']
  /** The roles that need a second factor. */
  readonly requiredFor?: readonly string[]
}

const passwordRules = passwordPolicy({ minLength: 8, minLengthWithFactor: 8, isCommon: isCommonPassword, services: ['Gatebook'] })

/**
 * The real application on the log in memory. `restart` opens it again on the same log and clock with empty caches: the same app after a stop,
 * or a second node. `counts`, `mails` and `notices` are shared by all of them.
 */
export const openTestApp = async (
  options: NodeOptions & { readonly lockout?: Partial<Policies['login']>; readonly codes?: Partial<Policies['codes']> } = {},
) => {
  const clock = settableClock(noon)
  const log = memoryEventStore({ now: clock.now })
  const counts = { hashCalls: 0 }
  const mails: Mail[] = []
  const notices: DomainEvent['type'][] = []
  const caller: Caller = { address: '192.0.2.7', networks: ['192.0.2.7'], userAgent: 'a test', device: null, correlationId: newId() }
  const rules = aggregates({
    ...policies,
    login: { ...policies.login, ...options.lockout },
    codes: { ...policies.codes, ...options.codes },
  })

  const counted = (hasher: PasswordHasher): PasswordHasher => ({
    ...hasher,
    hash: (password, turn) => () => {
      counts.hashCalls++
      return hasher.hash(password, turn)()
    },
    reserve: (turn) => {
      const place = hasher.reserve(turn)
      if (place._tag === 'Left') return place
      const verify: typeof place.right.verify = (password, hash) => () => {
        counts.hashCalls++
        return place.right.verify(password, hash)()
      }
      return { _tag: 'Right', right: { ...place.right, verify } } satisfies Either<never, typeof place.right>
    },
  })

  const restart = async (node: NodeOptions = {}) => {
    const { store: between = (s) => s, hasher = (h) => h, passes = 1, queueLimit = 1000 } = node
    const {
      otp = totpProvider({ issuer: 'House', window: 1 }),
      totpSecrets = 'sealed',
      recovery = 'single-use',
      requiredFor = [],
      isLegacyPassword = () => async () => false,
      namesPerHour = 0,
    } = node
    const store = between(log)
    const needs = { store, now: clock.now, newId, masterKey }
    const blindIndexes = await succeed(openIndexKey(needs))
    const derive = await succeed(openDerive(needs))
    const onRecorded = (stream: string, events: readonly StoredEvent[]) => {
      for (const event of notableEvents(events as readonly DomainEvent[])) {
        notices.push(event.type)
        void notifyOwner(deps)(stream, event)()
      }
    }
    const { observe: _, clear: __, ...decisions } = openJournal({ store, newId, aggregates: rules, onRecorded })
    const refused = refusedAttempts({ decide: decisions.decide, newId })
    const vault = sealingVault(needs)
    const guesses = refusedGuesses({ decide: decisions.decide, now: clock.now, newId, crypto: { vault, ...blindIndexes } })
    const deps: Ports = {
      journal: {
        ...decisions,
        now: clock.now,
        newId,
        countRefusedAttempt: refused.count,
        countRefusedCode: () => {},
        countRefusedGuess: guesses.count,
        sessionsBeyond: () => [],
        payloads: undefined,
        blobs: blobFiles(join(tmpdir(), `gatebook-blobs-${newId()}`)).blobs,
      },
      crypto: {
        hasher: counted(hasher(await argon2PasswordHasher({ ...cheapest, time: passes, queueLimit }))),
        vault,
        ...blindIndexes,
        tokens: randomTokens,
        otp,
        readCode,
        recoveryCodes: recoveryCodes({ derive, scheme: recovery, count: 10 }),
        derive,
        drawQr,
        identityKeys: ed25519IdentityKeys,
      },
      mail: {
        send: (mail) => async () => right(void mails.push(mail)),
        pace: mailPace(clock.now),
        compose: composeMail({ own: {}, onFault: () => {} }),
        defaultLanguage: 'en',
        link: (page, token) => `https://login.example.org/${page}#${token}`,
      },
      policy: {
        origin: () => 'https://login.example.org',
        password: passwordRules,
        maxSessions: 100,
        challengeLifetime: null,
        isBreached: () => async () => false,
        isLegacyPassword,
        totpSecrets,
        requiresSecondFactor: (roles) => requiredFor.some((role) => roles.has(role)),
        consents: [],
        isSetupToken: (token) => token === setupToken,
        takeName: nameBudget({ budget: namesPerHour, now: clock.now }),
      },
    }
    return {
      deps,
      store: log,
      clock,
      caller,
      counts,
      mails,
      notices,
      recordRefusals: refused.record,
      recordGuesses: guesses.record,
      restart,
    }
  }

  return restart(options)
}

export type TestApp = Awaited<ReturnType<typeof openTestApp>>
