import { resolve } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { clockAtStart } from '../../infrastructure/clock/clock-at-start.ts'
import { prefix } from '../../infrastructure/configuration/read-config.ts'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { draftRestore } from '../../infrastructure/event-store/sqlite/backup/restore-draft.ts'
import { partOfEnvironment } from '../configuration.ts'
import { stopWith } from '../fail.ts'
import { exits } from '../operator/exit-codes.ts'
import { progressOn } from '../progress.ts'
import { beginNewEpoch, variablesOfRestore } from './new-epoch.ts'
import { restoreFailure } from './restore-failure.ts'

type Options = { readonly dataDir?: string; readonly json?: boolean }

const next = `Every session, refresh token, mailed link and recovery code from before is void.
Next:
  1. Start the server on this directory, with the same master key.
  2. What happened after the backup is lost: erase again who was erased since, and repeat changed passwords, roles and disabled accounts.
  3. People with a second factor log in with a code of their authenticator, from a minute from now on, and make new recovery codes.
     Who has only recovery codes needs gatebook accounts reset-second-factor.`

const stopOn = (failure: Parameters<typeof restoreFailure>[0]): never => {
  const { code, sentence } = restoreFailure(failure)
  return stopWith(code, sentence)
}

/** Into an empty directory, in one step at the end: until then there is no log that a server could start on. */
export async function restore(name: string, { dataDir, json = false }: Options) {
  const given = dataDir === undefined ? {} : { [`${prefix}DATA_DIR`]: dataDir }
  const values = partOfEnvironment({ ...process.env, ...given }, variablesOfRestore)
  if (values.EVENT_STORE !== 'sqlite')
    stopWith(exits.wrongArguments, 'EVENT_STORE: expected sqlite. Restore EventStoreDB with its own tools')
  const log = logFile(values.DATA_DIR)
  console.error('restore: copying and verifying')
  const drafted = await draftRestore(resolve(name), log)
  if (isLeft(drafted)) return stopOn(drafted.left)
  const { draft, contents, publish, release } = drafted.right
  const end = (code: number, sentence: string): never => {
    release()
    return stopWith(code, sentence)
  }
  if (contents.recordedAt === null) return end(exits.refused, `${name} holds no events`)
  const backedUpAt = Date.parse(contents.recordedAt)
  if (!values.ACCEPT_CLOCK_JUMP && clockAtStart({ wall: Date.now(), newest: backedUpAt, lastAlive: 0 }) === 'behind') {
    return end(exits.refused, 'the clock is more than a day behind the newest event: set it, or go on with ACCEPT_CLOCK_JUMP=true')
  }
  console.error('restore: ending sessions')
  const display = progressOn(process.stderr, 'restore: end sessions', 'accounts')
  const begun = await beginNewEpoch({ draft, backedUpAt, values, onProgress: (done) => display.update(done, done) })
  display.stop()
  if (isLeft(begun)) {
    release()
    return stopOn(begun.left)
  }
  console.error('restore: verifying')
  const published = await publish(begun.right.end)
  release()
  if (isLeft(published)) return stopOn(published.left)
  const { events, position, recordedAt } = contents
  const { accounts } = begun.right
  if (json) return console.log(JSON.stringify({ dataDir: values.DATA_DIR, events, position, recordedAt, accounts }))
  console.log(`Restored ${events} events, the newest of ${recordedAt}, to ${log}. ${accounts} accounts begin anew.\n${next}`)
}
