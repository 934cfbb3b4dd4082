import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { aggregates } from '../../application/journal/aggregates.ts'
import { openJournal } from '../../application/journal/journal.ts'
import type { StoreFailure } from '../../application/ports/event-store.ts'
import { endEpochOf, recordRestoration } from '../../application/restoration/begin-epoch.ts'
import { openReadModels, type ReadModels } from '../../composition/open-read-models.ts'
import type { StartFailure } from '../../composition/start-failure.ts'
import type { SystemActor } from '../../domain/kernel/ids.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { monotoneClock } from '../../infrastructure/clock/monotone-clock.ts'
import { policiesOf, policyVariables } from '../../infrastructure/configuration/policies.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { sqliteWorker } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import type { LogEnd } from '../../infrastructure/event-store/sqlite/backup/backup-task.ts'
import { openSqliteEventStore, type SqliteEventStore } from '../../infrastructure/event-store/sqlite/open-sqlite-event-store.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { stepAt } from '../../infrastructure/otp/one-time-code.ts'
import { openKeys } from '../../infrastructure/sealing/keys/open-keys.ts'

export const variablesOfRestore = [
  ...policyVariables,
  'ACCEPT_CLOCK_JUMP',
  'DATA_DIR',
  'EVENT_STORE',
  'MASTER_KEY',
  'MASTER_KEY_FILE',
  'TOTP_WINDOW',
] as const

type Given = Pick<Values, (typeof variablesOfRestore)[number]>

/** `end`: what the log must hold when it is published. */
type Epoch = { readonly accounts: number; readonly end: LogEnd }
type Options = { readonly draft: string; readonly backedUpAt: number; readonly values: Given; readonly onProgress: (done: number) => void }

/** Together they are one write to the disk. */
const atOnce = 200

const storeFailure = (failure: { readonly type: string; readonly detail?: string }): StoreFailure => ({
  type: 'unavailable',
  detail: failure.detail ?? `a stream refused (${failure.type})`,
})

const endAll = async (store: SqliteEventStore, models: ReadModels, options: Options): Promise<Either<StoreFailure, number>> => {
  const { backedUpAt, values, onProgress } = options
  const now = monotoneClock({ seen: backedUpAt })
  const summaryOf = models.summaryOf
  const { decide } = openJournal({ store, newId, aggregates: aggregates(policiesOf(values)), summaryOf })
  const journal = { decide, now }
  const acting = { actor: 'system:restore' as SystemActor, correlationId: newId() }
  // Codes of the steps that the window lets in before their time may have been used too.
  const timeStep = stepAt(instant(Date.now())) + Math.max(1, values.TOTP_WINDOW)
  let accounts = 0
  for (let after: number | null | undefined; after !== null; ) {
    const page = models.queries.accountQueries.page({ after, limit: atOnce })
    const standing = page.accounts.filter(({ status }) => status !== 'erased')
    const ended = await Promise.all(standing.map(({ accountId }) => endEpochOf({ journal })(accountId, timeStep, acting)()))
    for (const one of ended) if (isLeft(one)) return left(storeFailure(one.left))
    accounts += standing.length
    onProgress(accounts)
    after = page.next
  }
  const recorded = await recordRestoration({ journal })({ backedUpAt: instant(backedUpAt), accounts }, acting)()
  return isLeft(recorded) ? recorded : right(accounts)
}

/** In the draft of a log, which nobody uses yet. Refuses a master key that does not fit. */
export async function beginNewEpoch(options: Options): Promise<Either<StartFailure, Epoch>> {
  const { draft: file, values, backedUpAt } = options
  const opened = await openSqliteEventStore({ file, create: false, check: 'none', isLocked: true, worker: sqliteWorker })()
  if (isLeft(opened)) return opened
  const store = opened.right
  try {
    const keys = await openKeys({ store, now: monotoneClock({ seen: backedUpAt }), isNew: false }, values)
    if (isLeft(keys)) return keys
    const models = openReadModels(file, 'log')
    try {
      const ended = await endAll(store, models, options)
      if (isLeft(ended)) return ended
      const { count: events, newest: position } = localLog(models.db).ends()
      return right({ accounts: ended.right, end: { events, position } })
    } finally {
      models.db.close()
    }
  } finally {
    await store.close()
  }
}
