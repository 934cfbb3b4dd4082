import type { Database } from 'better-sqlite3'
import type { LocalLog, LogEnds } from '../../application/ports/local-log.ts'
import { physicalTables, type ReadModel } from '../engine/read-model.ts'
import { rebuild } from '../engine/rebuild.ts'
import { registered } from '../engine/registry.ts'
import { readModels } from '../read-models.ts'
import { compareTables } from './compare-tables.ts'
import type { Difference } from './difference.ts'

/** `kept` and `log` are of one read transaction: a server may go on writing. */
export type Refold = {
  readonly kept: Database
  readonly log: LocalLog
  readonly scratch: Database
  readonly models?: readonly ReadModel[]
  readonly onProgress?: (done: number, total: number) => void
  readonly onDifference: (difference: Difference) => void
}

/** Of read models that today's handlers have not kept, or not up to the end of the log. */
export function notComparable(kept: Database, ends: LogEnds, models: readonly ReadModel[] = readModels): readonly Difference[] {
  const known = new Map(registered(kept).map((model) => [model.name, model]))
  return models.flatMap(({ name: model, version }): readonly Difference[] => {
    const current = known.get(model)
    if (current?.version !== version)
      return [{ what: 'version', model, expected: String(version), found: String(current?.version ?? 'none') }]
    const { position } = current
    const isCurrent = position >= ends.newest && position <= ends.head
    return isCurrent ? [] : [{ what: 'position', model, expected: String(ends.newest), found: String(position) }]
  })
}

/** Builds every read model beside, with the handlers that keep them, and compares each cell. Returns how many rows it has compared. */
export function refoldAll({ kept, log, scratch, models = readModels, onProgress = () => {}, onDifference }: Refold): number {
  const unlike = notComparable(kept, log.ends(), models)
  unlike.forEach(onDifference)
  const skipped = new Set(unlike.flatMap((difference) => ('model' in difference ? [difference.model] : [])))
  const compared = models.filter(({ name }) => !skipped.has(name))
  // Nobody asks the copy anything.
  const unindexed = compared.map((model) => ({ ...model, indexes: [] }))
  rebuild(scratch, log, { models: unindexed, force: true, onProgress: ({ done, total }) => onProgress(done, total) })
  let rows = 0
  const onRow = () => {
    rows += 1
  }
  for (const table of compared.flatMap((model) => Object.values(physicalTables(model)))) {
    for (const difference of compareTables(scratch, kept, table, onRow)) onDifference(difference)
  }
  return rows
}
