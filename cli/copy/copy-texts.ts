import type { CopyStatus, Mark } from '../../infrastructure/event-store/copy/compare-logs.ts'
import type { CopyFailure } from '../../infrastructure/event-store/copy/copy-failure.ts'
import type { Place } from '../../infrastructure/event-store/copy/copy-places.ts'

/** Only the type: a foreign log may name its streams after people. */
const reason = (failure: Extract<CopyFailure, { failure: unknown }>['failure']) => {
  if (failure.type === 'unavailable') return failure.detail
  return failure.type === 'corrupt' ? 'it is damaged or holds events that Gatebook did not write' : `it refused a write (${failure.type})`
}

export function copyFailureText(failure: CopyFailure): string {
  switch (failure.type) {
    case 'source_failed':
      return `Cannot read the source: ${reason(failure.failure)}. Run the command again to continue.`
    case 'target_failed':
      return `Cannot read or write the target: ${reason(failure.failure)}. Run the command again to continue.`
    case 'different':
      return (
        `The target is not a copy of the source: after ${failure.events} equal events it differs. ` +
        'Use an empty store, and stop every server that writes to either store.'
      )
    case 'incomplete':
      return `The target is incomplete: it holds only the first ${failure.events} events of the source. Nothing was written.`
  }
}

/** A node starts with the clock of the newest event, so a copy must not be behind the original. */
const clockWarning = ({ source, target }: { readonly source: Mark; readonly target: Mark }) =>
  source.recordedAt !== null && target.recordedAt !== null && target.recordedAt < source.recordedAt
    ? [
        `\nThe clock of the target is behind the source. Start no node before ${source.recordedAt}: expired sessions could become valid again.`,
      ]
    : []

const toCluster = `
Next:
  1. Do not start the source again: the target would miss what it records from now on.
  2. Set EVENT_STORE=eventstoredb, EVENTSTOREDB_URL and the master key of the source (MASTER_KEY or MASTER_KEY_FILE) on every node.
     The master key is not copied, and nothing in the log can be decrypted without it.
  3. Give every node its own empty DATA_DIR, where it builds its read models from the log.
  4. Keep the source until you have logged in, then destroy it: erasing a person from now on does not erase them there.`

const toSqlite = `
Next:
  1. Do not start the nodes of the source again: the target would miss what they record from now on.
  2. Start Gatebook with EVENT_STORE=sqlite, this data directory, and the master key of the source (MASTER_KEY or MASTER_KEY_FILE).
     The master key is not copied, and nothing in the log can be decrypted without it.
  3. Keep the source until you have logged in, then destroy it: erasing a person from now on does not erase them there.`

export function nextSteps({ type }: Place, standing: CopyStatus): string {
  return [type === 'sqlite' ? toSqlite : toCluster, ...clockWarning(standing)].join('\n')
}
