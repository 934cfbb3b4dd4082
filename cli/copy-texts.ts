import type { CopyStatus, Mark } from '../infrastructure/event-store/copy/compare-logs.ts'
import type { CopyFailure } from '../infrastructure/event-store/copy/copy-failure.ts'
import type { Place } from '../infrastructure/event-store/copy/copy-places.ts'

/** The kind of failure only: a foreign log may name its streams after people. */
const reason = (failure: Extract<CopyFailure, { failure: unknown }>['failure']) => {
  if (failure.type === 'unavailable') return failure.detail
  return failure.type === 'corrupt' ? 'it is damaged, or holds events that are not of Gatebook' : `it refused a write (${failure.type})`
}

export function copyFailureText(failure: CopyFailure): string {
  switch (failure.type) {
    case 'source_failed':
      return `The source could not be read: ${reason(failure.failure)}. Run the same command again: it goes on where it stood.`
    case 'target_failed':
      return `The target could not be read or written: ${reason(failure.failure)}. Run the same command again: it goes on where it stood.`
    case 'different':
      return `The target is not a copy of the source: ${failure.events} events are the same, then it holds something else, or somebody writes to one of them. Use an empty store, and stop every node.`
    case 'incomplete':
      return `The target holds the first ${failure.events} events of the source and nothing else, but not the whole of it. Nothing was written.`
  }
}

/** The clock that a node starts with is never behind the newest event, so the copy's must not be behind the original's. */
const clockWarning = ({ source, target }: { readonly source: Mark; readonly target: Mark }) =>
  source.recordedAt !== null && target.recordedAt !== null && target.recordedAt < source.recordedAt
    ? [
        `\nThe clock of the target is behind that of the source. Start no node before ${source.recordedAt}: what has expired could come back.`,
      ]
    : []

const toCluster = `
Next:
  1. Do not start the source again: what it recorded from now on would be missing here.
  2. Give every node EVENT_STORE=eventstoredb and EVENTSTOREDB_URL, and the master key of the source (MASTER_KEY or MASTER_KEY_FILE).
     The master key is not copied: without it nothing in the log can be opened.
  3. Give every node an empty DATA_DIR of its own: it builds its read models there from the log.
  4. Keep the source until you have logged in, then destroy it: a person who is erased from now on stands in it for ever.`

const toSqlite = `
Next:
  1. Stop the nodes of the source for good: what they recorded from now on would be missing here.
  2. Start Gatebook with EVENT_STORE=sqlite, this data directory, and the master key of the source (MASTER_KEY or MASTER_KEY_FILE).
     The master key is not copied: without it nothing in the log can be opened.
  3. Keep the source until you have logged in, then destroy it: a person who is erased from now on stands in it for ever.`

export function nextSteps({ type }: Place, standing: CopyStatus): string {
  return [type === 'sqlite' ? toSqlite : toCluster, ...clockWarning(standing)].join('\n')
}
