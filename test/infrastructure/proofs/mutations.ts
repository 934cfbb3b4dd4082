import type { Database } from 'better-sqlite3'
import { inTree } from '../../../infrastructure/event-store/sqlite/proofs/tree/in-tree.ts'
import { type EventRow, eventColumns } from '../../../infrastructure/event-store/sqlite/reader/event-rows.ts'
import type { Random } from '../../support/random.ts'

const columns = eventColumns.split(', ')

/** Where a verifier must find it. */
export type Expected = { readonly types: readonly string[]; readonly position: number }

const otherText = (random: Random, text: string) => {
  if (text === '') return 'x'
  const at = random.below(text.length)
  const other = String.fromCharCode(33 + ((text.charCodeAt(at) - 33 + 1 + random.below(80)) % 90))
  return `${text.slice(0, at)}${other === text[at] ? '~' : other}${text.slice(at + 1)}`
}

const otherValue = (random: Random, value: EventRow[number]) => {
  if (value === null) return random.pick(['', 'null', 'cause'])
  // A revision below 0 is refused by the table itself.
  return typeof value === 'number' ? Math.max(0, value + random.pick([-1, 1])) || 1 + value : otherText(random, value)
}

/** Each changes one thing in the log of `db`, and returns where that is. */
export const mutations = (db: Database, random: Random) => {
  const positions = db.prepare<[], number>(`SELECT position FROM event WHERE ${inTree} ORDER BY position`).pluck().all()
  const row = (position: number) =>
    db.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM event WHERE position = ?`).raw().get(position) as EventRow
  const drop = (position: number) => db.prepare('DELETE FROM event WHERE position = ?').run(position)
  const put = (values: readonly EventRow[number][]) =>
    db.prepare(`INSERT INTO event VALUES (${columns.map(() => '?').join(', ')})`).run(...values)
  const isTaken = (position: number) => db.prepare('SELECT 1 FROM event WHERE position = ?').get(position) !== undefined
  const makeRoom = (from: number) => {
    db.prepare('UPDATE event SET position = -position - 1 WHERE position >= ?').run(from)
    db.exec('UPDATE event SET position = -position WHERE position < 0')
  }
  const insertAt = (position: number, of: EventRow, changed: Partial<Record<number, string>>): Expected => {
    if (isTaken(position)) makeRoom(position)
    put(of.map((value, column) => (column === 0 ? position : (changed[column] ?? value))))
    return { types: ['changed', 'inserted'], position }
  }
  return {
    flip: (): Expected => {
      const position = random.pick(positions)
      const column = 1 + random.below(columns.length - 1)
      const value = otherValue(random, row(position)[column] as EventRow[number])
      db.prepare(`UPDATE event SET ${columns[column]} = ? WHERE position = ?`).run(value, position)
      return { types: ['changed'], position }
    },
    move: (): Expected => {
      const position = random.pick(positions)
      const free = [position - 1, position + 1].filter((at) => at > 0 && !isTaken(at))
      const to = free.length === 0 ? positions.length * 10 : random.pick(free)
      db.prepare('UPDATE event SET position = ? WHERE position = ?').run(to, position)
      return { types: ['missing', 'inserted', 'cut'], position: Math.min(position, to) }
    },
    drop: (): Expected => {
      const position = random.pick(positions.slice(0, -1))
      drop(position)
      return { types: ['missing'], position }
    },
    swap: (): Expected => {
      const [one, other] = [random.pick(positions), random.pick(positions)]
      if (one === other) return { types: ['none'], position: 0 }
      const [first, second] = [row(one), row(other)]
      drop(one)
      drop(other)
      put([other, ...first.slice(1)])
      put([one, ...second.slice(1)])
      return { types: ['changed'], position: Math.min(one, other) }
    },
    insert: (): Expected => {
      const position = 1 + random.below((positions.at(-1) ?? 1) - 1)
      return insertAt(position, row(random.pick(positions)), { 3: `id-${random.below(1e9)}-new` })
    },
    duplicate: (): Expected => {
      const position = random.pick(positions.slice(0, -1))
      return insertAt(position + 1, row(position), {})
    },
  }
}
