import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { LocalLog } from '../../application/ports/local-log.ts'
import { readModels } from '../read-models.ts'
import { openHandlers } from './dispatch.ts'
import type { ErasedPlace } from './read-model.ts'
import { type RebuildOptions, rebuild } from './rebuild.ts'
import { readPosition, registered } from './registry.ts'
import { createIndexes, dropIndexes } from './tables.ts'

export function openProjector(db: Database, log: LocalLog, options: Omit<RebuildOptions, 'force'> = {}) {
  const { models = readModels } = options
  rebuild(db, log, options)
  const { handle, erase, clear } = openHandlers(db, models)
  const setPosition = db.prepare('UPDATE read_model SET position = ?')
  const currentPosition = readPosition(db)

  /** Inside the transaction that records `events`. `through`: the position up to which the log was read. */
  const apply = (events: readonly RecordedEvent[], through = 0) => {
    clear()
    let position = currentPosition()
    for (const event of events) {
      if (event.position <= position) throw new Error(`the read models have already seen position ${event.position} of the log`)
      handle(event)
      position = event.position
    }
    if (events.length > 0 || through > position) setPosition.run(Math.max(position, through))
  }

  return {
    apply,
    /** Inside the transaction that erases the payloads. */
    erase: (places: readonly ErasedPlace[]) => places.forEach(erase),
    position: currentPosition,
    deleteRows: () => {
      for (const table of registered(db).flatMap(({ tables }) => tables)) db.exec(`DELETE FROM ${table}`)
      setPosition.run(0)
    },
    createIndexes: () => {
      for (const model of models) createIndexes(db, model)
    },
    dropIndexes: () => {
      for (const model of models) dropIndexes(db, model)
    },
  }
}
