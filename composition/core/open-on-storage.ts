import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { nameBudget } from '../../api/protection/name-budget.ts'
import { erasedPersons, finishErasures } from '../../application/accounts/erase-account.ts'
import { finishEmailChanges } from '../../application/accounts/settle-email.ts'
import { awaitsSetup } from '../../application/administration/awaits-setup.ts'
import { refusalCounters } from '../../application/guesses/refusal-counters.ts'
import { aggregates } from '../../application/journal/aggregates.ts'
import { openJournal } from '../../application/journal/journal.ts'
import type { Ports } from '../../application/needs.ts'
import { mailPace } from '../../application/notifications/mail-pace.ts'
import { notableEvents } from '../../application/notifications/notice.ts'
import { notifyOwner } from '../../application/notifications/notify-owner.ts'
import { writeMail } from '../../application/notifications/write-mail.ts'
import type { CommitObserver } from '../../application/ports/commit-observer.ts'
import { extendActiveSessions } from '../../application/sessions/extend-active-sessions.ts'
import { passwordPolicy } from '../../domain/account/password-policy.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { ConsentPurpose } from '../../domain/consent/purpose.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { StoredEvent } from '../../domain/kernel/reader.ts'
import { accessTokens } from '../../infrastructure/access-tokens/access-tokens.ts'
import { backgroundTasks } from '../../infrastructure/background/background-tasks.ts'
import { beginOnLog } from '../../infrastructure/background/begin-on-log.ts'
import { periodicJobs } from '../../infrastructure/background/periodic-jobs.ts'
import { renewSigningKeyJob } from '../../infrastructure/background/renew-signing-key-job.ts'
import { resendNoticesAfterCrash } from '../../infrastructure/background/resend-notices-after-crash.ts'
import { openBlobs } from '../../infrastructure/blobs/open-blobs.ts'
import { isBreachedIn } from '../../infrastructure/breached/breached-passwords.ts'
import { lengthsOf, namesOf, namesPerHour, policiesOf } from '../../infrastructure/configuration/policies.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { setupToken } from '../../infrastructure/data-dir/setup-token.ts'
import { writeHealth } from '../../infrastructure/event-store/write-health.ts'
import { argon2PasswordHasher } from '../../infrastructure/hashing/argon2-password-hasher.ts'
import { isCommonPassword } from '../../infrastructure/hashing/common-passwords.ts'
import type { HashLoad } from '../../infrastructure/hashing/hash-queue.ts'
import { legacyPasswords } from '../../infrastructure/hashing/imported/legacy-passwords.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import type { Hooks } from '../../infrastructure/observability/hooks.ts'
import { openKeys } from '../../infrastructure/sealing/keys/open-keys.ts'
import { sealingVault } from '../../infrastructure/sealing/vault.ts'
import { randomTokens } from '../../infrastructure/tokens/random-tokens.ts'
import type { Gatebook, Storage } from '../gatebook.ts'
import type { StartFailure } from '../start-failure.ts'
import { openSecondFactor } from './open-second-factor.ts'

type Opened = Promise<Either<StartFailure, Omit<Gatebook, 'logo' | 'services' | 'proofs' | 'refold'>>>

/** Everything above the log. On failure the storage stays open. */
export async function openOnStorage(ground: Storage, values: Values, consents: readonly ConsentPurpose[], outside: Hooks): Opened {
  const { DATA_DIR: dataDir, ARGON2_MEMORY_KIB: memoryKiB, ARGON2_TIME: time, ARGON2_PARALLELISM: parallelism } = values
  const policies = policiesOf(values)
  const { makeHasher = argon2PasswordHasher } = outside
  const { models, now, wall, isFresh, node, probe, erasure } = ground
  const health = writeHealth(outside.wrapStore?.(ground.store) ?? ground.store, {
    onFailure: outside.onStoreFailed ?? (() => {}),
    onRecovery: outside.onWriteRecovered ?? (() => {}),
    probe: probe ?? (async () => right(undefined)),
  })
  const { store } = health
  const unready: Gatebook['unready'] = async () => {
    const reason = await ground.unready()
    if (reason !== null || probe === undefined) return reason
    return (await health.isFailing()) ? { problem: 'STORE_UNAVAILABLE', reason: 'write_failed' } : null
  }

  const keys = await openKeys({ ...ground, store }, values)
  if (isLeft(keys)) return keys
  const { sealing, blindIndexes } = keys.right
  let origin = values.PUBLIC_ORIGIN ?? 'http://localhost'
  const secondFactor = await openSecondFactor(values, sealing, outside, {
    wall,
    origin: () => origin,
    writeCode: (accountId, content) => writeMail(ports)({ kind: 'oneTimeCode', content }, { account: accountId as AccountId }),
  })
  if (isLeft(secondFactor)) return secondFactor

  const onRecorded = (stream: string, events: readonly StoredEvent[]) => {
    for (const event of notableEvents(events as readonly DomainEvent[])) background.run(notifyOwner(ports)(stream, event))
  }
  const { observe, clear, ...journal } = openJournal({
    store,
    newId,
    aggregates: aggregates(policies),
    summaryOf: models.summaryOf,
    onRecorded,
  })
  const { blobs, sweepAtStart, sweep } = openBlobs(values, node !== undefined)
  const token = setupToken(dataDir, values.SETUP_TOKEN)
  const background = backgroundTasks(outside.onFault ?? (() => {}))
  const vault = sealingVault(sealing)
  const { crypto, mail, policy, countRefusedCode, stopMail, mailLoad } = secondFactor.right
  const refusals = refusalCounters({ decide: journal.decide, now, newId, crypto: { vault, ...blindIndexes } })
  let hashing = (): HashLoad => ({ running: 0, waiting: 0, places: 0 })
  const watchLoad = (load: typeof hashing) => {
    hashing = load
  }
  const { onHashFault: onFault = () => {} } = outside
  const made = await makeHasher({ memoryKiB, time, parallelism, queueLimit: values.HASH_QUEUE_LIMIT, watchLoad, onFault })
  const hasher = values.COVER_IMPORTED_HASHES ? made : { ...made, coverKind: () => {} }
  const begun = await beginOnLog({ journal, now, newId, hasher }, policies, outside)
  if (isLeft(begun)) return begun
  const payloads = erasure && { ...erasure, ...store }
  const ports: Ports = {
    journal: {
      ...{ ...journal, blobs, now, newId },
      payloads,
      ...refusals.counters,
      countRefusedCode,
      sessionsBeyond: (accountId, limit) => models.queries.sessionQueries.beyond(accountId, limit, now()),
    },
    crypto: { ...crypto, ...blindIndexes, hasher, vault, tokens: randomTokens },
    mail: { ...mail, pace: mailPace(now) },
    policy: {
      ...policy,
      maxSessions: values.MAX_SESSIONS,
      challengeLifetime: policies.login.challengeLifetime,
      password: passwordPolicy({ ...lengthsOf(values), isCommon: isCommonPassword, services: namesOf(values) }),
      isBreached: isBreachedIn(values.BREACHED_PASSWORDS, outside.onBreachCheck ?? (() => {})),
      consents,
      isLegacyPassword: legacyPasswords(outside.verifyLegacyPassword, outside.onLegacyFault ?? (() => {})),
      isSetupToken: token.matches,
      takeName: nameBudget({ budget: namesPerHour(values), now: outside.elapsed ?? (() => performance.now()) }),
    },
  }

  const commits = begun.right
  const caches: CommitObserver = {
    observe: (events) => {
      models.lookup.invalidate(events)
      // Nobody else appends to an embedded log, so its cached states are never old.
      if (node !== undefined) for (const event of events) observe(event)
      for (const person of erasedPersons(events)) vault.evict(person)
      commits.observe(events)
    },
    clear: () => {
      models.lookup.clear()
      vault.evictAll()
      clear()
      commits.clear()
    },
  }
  const extending = extendActiveSessions(ports, policies.session)
  const tokens = accessTokens({ ...ports, issuer: () => origin, wall })
  const jobs = periodicJobs({
    ports,
    ...{ run: background.run, dataDir, dueRotations: models.queries.sessionQueries.dueRotations, sweepBlobs: sweep(ports) },
    recordRefusals: refusals.record,
    evict: vault.evict,
    retentionDays: values.UNKNOWN_NAMES_RETENTION_DAYS,
    retention: values.AUDIT_RETENTION,
    renewSigningKey: renewSigningKeyJob(tokens, values.SIGNING_KEY_DAYS),
    log: payloads,
  })
  jobs.sweep()
  const lastRun = resendNoticesAfterCrash(dataDir)
  if (node === undefined) background.run(lastRun.begin(store, notifyOwner(ports)))
  const { accountQueries } = models.queries
  await ground.begin(caches, async () => {
    const erasures = await finishErasures(ports, accountQueries.erasures())
    outside.onErasuresOwed?.(erasures)
    const emailChanges = await finishEmailChanges(ports, accountQueries.heldEmails())
    outside.onEmailChangesOwed?.(emailChanges)
  })

  background.run(await sweepAtStart(ports))
  jobs.shred()
  jobs.erase()
  jobs.renew()
  lastRun.opened()

  const close = async () => {
    jobs.stop()
    stopMail()
    await background.settled()
    lastRun.closed()
    await refusals.record()
    await extending.settled()
    await ground.close()
  }
  return right({
    store,
    ports,
    queries: models.queries,
    log: models.log,
    find: models.lookup.find,
    seen: (session, at) => extending.observe(session, at),
    observeCommits: commits.add,
    setupToken: token,
    accessTokens: tokens,
    countRefusedRequest: refusals.countRefusedRequest,
    setOrigin: (own) => {
      origin = own
    },
    inBackground: background.run,
    settled: background.settled,
    awaitsSetup: awaitsSetup({ journal }),
    readModelPosition: models.position,
    load: { hashing: () => hashing(), mail: mailLoad },
    dataDir,
    positions: ground.positions,
    isFresh,
    unready,
    node,
    close,
  })
}
