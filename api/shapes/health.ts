import * as t from 'io-ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'

const numberOrNull = t.union([t.number, t.null])

/** `null` for what cannot be had now, or not by this kind of store. */
export const Health = strictObject({
  ready: t.boolean,
  reason: t.union([t.string, t.null]),
  log: strictObject({
    store: t.keyof({ sqlite: null, eventstoredb: null, memory: null }),
    events: numberOrNull,
    sizeBytes: numberOrNull,
  }),
  readModels: strictObject({ position: numberOrNull, lag: numberOrNull, fresh: t.boolean }),
  refold: t.union([strictObject({ at: time, checked: t.number, differences: numberOrNull }), t.null]),
  queues: strictObject({
    hashing: strictObject({ running: t.number, waiting: t.number, places: t.number }),
    mail: strictObject({ waiting: t.number, places: t.number }),
  }),
  disk: strictObject({ freeBytes: numberOrNull, totalBytes: numberOrNull }),
  process: strictObject({ version: t.string, node: t.string, startedAt: time, memoryBytes: t.number }),
})

export type Health = t.TypeOf<typeof Health>
