import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { type EventRow, eventColumns, eventOfRow } from '../../infrastructure/event-store/sqlite/reader/event-rows.ts'

/** Reads and parses, and nothing else: what every command below must do at least. */
const [, , file = ''] = process.argv
const log = openReadConnection(file)
const rows = log.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM event WHERE position > ? ORDER BY position LIMIT 512`).raw()
for (let page = rows.all(0); page.length > 0; page = rows.all(page.at(-1)?.[0] ?? 0)) for (const row of page) eventOfRow(row)
log.close()
