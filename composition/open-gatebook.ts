import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { aggregates } from '../application/aggregates.ts'
import type { Dependencies } from '../application/dependencies.ts'
import type { EventStore } from '../application/event-store.ts'
import { refusals } from '../application/fold-refusals.ts'
import { journal } from '../application/handle.ts'
import { tellOwner } from '../application/notices.ts'
import type { Now } from '../application/ports.ts'
import { passwordPolicy } from '../domain/account/password-policy.ts'
import { instant } from '../domain/kernel/instant.ts'
import { rosterStream } from '../domain/kernel/streams.ts'
import { accessTokens } from '../infrastructure/access-tokens/access-tokens.ts'
import { monotoneClock } from '../infrastructure/clock/monotone-clock.ts'
import { openReadConnection } from '../infrastructure/event-store/sqlite/connection.ts'
import { argon2PasswordHasher } from '../infrastructure/hashing/argon2-password-hasher.ts'
import { isCommonPassword } from '../infrastructure/hashing/common-passwords.ts'
import { newId } from '../infrastructure/ids/new-id.ts'
import { sweepOutbox } from '../infrastructure/mail/sweep-outbox.ts'
import { openIndexKey } from '../infrastructure/sealing/index-key.ts'
import { loadMasterKey } from '../infrastructure/sealing/master-key.ts'
import { sealingVault } from '../infrastructure/sealing/vault.ts'
import { randomTokens } from '../infrastructure/tokens/random-tokens.ts'
import { accountQueries } from '../projections/account-queries.ts'
import { auditQueries } from '../projections/audit-queries.ts'
import { readPosition } from '../projections/registry.ts'
import { openSessionLookup, type SessionLookup } from '../projections/session-lookup.ts'
import { sessionQueries } from '../projections/session-queries.ts'
import { background } from './background.ts'
import { extendSeen } from './extend-seen.ts'
import { finishErasures } from './finish-erasures.ts'
import type { Gatebook, StartFailure } from './gatebook.ts'
import { logFile, openLog } from './open-log.ts'
import { openSecondFactor } from './open-second-factor.ts'
import type { Outside } from './outside.ts'
import { passingDataDir } from './passing-data-dir.ts'
import type { Settings } from './settings.ts'
import { setupToken } from './setup-token.ts'

/** How often refused attempts are recorded, folded: milliseconds. */
const refusalWindow = 60_000

/** How often old mails are removed from the outbox: milliseconds. */
const sweepEvery = 3_600_000

/** When the newest event was recorded: the clock starts no earlier. */
const lastSeen = async (store: EventStore) => {
  const head = await store.head()()
  if (isLeft(head)) return head
  const newest = await store.readAll(head.right - 1, 1)()
  if (isLeft(newest)) return newest
  return right({ isNew: head.right === 0, seen: Math.max(0, ...newest.right.map(({ recordedAt }) => Date.parse(recordedAt))) })
}

const readModels = (dataDir: string) => {
  const db = openReadConnection(logFile(dataDir))
  const lookup = openSessionLookup(db)
  return {
    db,
    lookup,
    sessionQueries: sessionQueries(db),
    accountQueries: accountQueries(db),
    auditQueries: auditQueries(db),
    position: readPosition(db),
  }
}

type Opening = Promise<Either<StartFailure, Gatebook>>

/** What the log needs of the core, which is opened after it. `now` is the core's clock, which does not go back: the next start reads from the log when it was last. */
type Known = { now: Now; lookup: SessionLookup | undefined }

const openOn = async (store: EventStore, settings: Settings, outside: Outside, known: Known): Opening => {
  const { dataDir, policies, hashing } = settings
  const { wall = Date.now, makeHasher = argon2PasswordHasher } = outside
  const last = await lastSeen(store)
  if (isLeft(last)) return last
  const keys = { MASTER_KEY: settings.masterKey, MASTER_KEY_FILE: settings.masterKeyFile, dataDir, logIsNew: last.right.isNew }
  const masterKey = loadMasterKey(keys)
  if (isLeft(masterKey)) return masterKey
  const now = monotoneClock({ seen: last.right.seen, wall })
  known.now = now
  const sealing = { store, now, newId, masterKey: masterKey.right }
  const blindIndexes = await openIndexKey(sealing)()
  if (isLeft(blindIndexes)) return blindIndexes

  let origin = settings.publicOrigin ?? 'http://localhost'
  const secondFactor = await openSecondFactor(settings, sealing, outside, () => origin)
  if (isLeft(secondFactor)) return secondFactor

  const recorded = { ...journal({ store, newId }), aggregates: aggregates(policies), now, newId }
  const refused = refusals(recorded)
  const token = setupToken(dataDir, settings.setupToken)
  const behind = background(outside.onFault ?? (() => {}))
  const dependencies: Dependencies = {
    ...recorded,
    ...secondFactor.right,
    hasher: await makeHasher(hashing),
    vault: sealingVault(sealing),
    ...blindIndexes.right,
    tokens: randomTokens,
    passwordPolicy: passwordPolicy({ minLength: settings.passwordMinLength, isCommon: isCommonPassword }),
    isSetupToken: token.matches,
    noteRefusal: refused.note,
    notify: (account, notice) => behind.run(tellOwner(dependencies)(account, notice)),
  }

  const sweep = () => behind.run(() => sweepOutbox({ dataDir, now }))

  const models = readModels(dataDir)
  known.lookup = models.lookup
  const extending = extendSeen(dependencies, policies.session)
  const window = setInterval(() => void refused.record(), refusalWindow).unref()
  const sweeping = setInterval(sweep, sweepEvery).unref()
  sweep()
  const unfinishedErasures = await finishErasures(dependencies, models.accountQueries)

  /** What was acknowledged is on disk already; what waits to be recorded goes there now. */
  const close = async () => {
    clearInterval(window)
    clearInterval(sweeping)
    await behind.settled()
    await refused.record()
    await extending.settled()
    models.db.close()
    await store.close()
  }
  const awaitsSetup = async () => {
    const roster = await dependencies.load(dependencies.aggregates.roster, rosterStream)()
    return !isLeft(roster) && roster.right.state.is === 'not_set_up'
  }
  const { lookup, db: _, position, ...queries } = models
  return right({
    store,
    dependencies,
    queries,
    find: lookup.find,
    seen: extending.seen,
    setupToken: token,
    accessTokens: accessTokens({ ...dependencies, issuer: () => origin }),
    setOrigin: (own) => {
      origin = own
    },
    inBackground: behind.run,
    settled: behind.settled,
    awaitsSetup,
    unfinishedErasures,
    readModelPosition: position,
    close,
  })
}

/** The core, open on its data directory, or why not; then nothing was changed and nothing stays open. */
export const openGatebook = async (settings: Settings, outside: Outside = {}): Opening => {
  if (!settings.forgets) return openKept(settings, outside)
  const { dataDir, remove } = passingDataDir()
  const opened = await openKept({ ...settings, dataDir }, outside)
  if (isLeft(opened)) {
    remove()
    return opened
  }
  return right({ ...opened.right, close: () => opened.right.close().finally(remove) })
}

const openKept = async (settings: Settings, outside: Outside): Opening => {
  const known: Known = { now: () => instant((outside.wall ?? Date.now)()), lookup: undefined }
  const { onWriterDeath = () => {}, wrapStore = (store) => store } = outside
  const store = await openLog(settings.dataDir, {
    onCommitted: (events) => {
      known.lookup?.invalidate(events)
      outside.onCommitted?.(events)
    },
    onWriterDeath,
    now: () => known.now(),
  })()
  if (isLeft(store)) return store
  const opened = await openOn(wrapStore(store.right), settings, outside, known)
  if (isLeft(opened)) await store.right.close()
  return opened
}
