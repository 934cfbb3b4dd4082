import type { Database } from 'better-sqlite3'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import { idBytes } from '../engine/id-bytes.ts'
import { defineReadModel, physicalTables } from '../engine/read-model.ts'

/** In a model of its own, so that lists of accounts do not read it. */
export const profiles = defineReadModel({
  name: 'profiles',
  version: 1,
  tables: {
    profiles: `(
      id BLOB PRIMARY KEY,
      profile TEXT NOT NULL
    ) STRICT`,
  },
  indexes: [],
  open: (db, { profiles }) => {
    const put = db.prepare(`INSERT OR REPLACE INTO ${profiles} VALUES (?, ?)`)
    const remove = db.prepare(`DELETE FROM ${profiles} WHERE id = ?`)
    return {
      handlers: {
        ProfileRecorded: ({ data }, { stream }) => void put.run(idBytes(idInStream(stream)), data.profile),
        AccountErased: (_, { stream }) => void remove.run(idBytes(idInStream(stream))),
      },
    }
  },
})

export type ProfileQueries = { readonly of: (accountId: string) => Sealed | undefined }

export function profileQueries(db: Database): ProfileQueries {
  const select = db.prepare<[Buffer], Sealed>(`SELECT profile FROM ${physicalTables(profiles).profiles} WHERE id = ?`).pluck()
  return { of: (accountId) => select.get(idBytes(accountId)) as Sealed | undefined }
}
