import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { anyHistory } from './support/any-history.ts'
import { contents } from './support/contents.ts'
import { embeddedLog, storedForm } from './support/embedded-log.ts'

test('grants that are erased leave the same rows as a rebuild makes, without network and browser, whatever follows', () => {
  fc.assert(
    fc.property(anyHistory, fc.nat(60), fc.array(fc.boolean(), { minLength: 3, maxLength: 10 }), (lines, pause, chosen) => {
      const { db, commit, erase } = embeddedLog()
      const known = Math.min(pause, lines.length)
      if (known > 0) commit(...lines.slice(0, known))
      const isErased = (position: number) => chosen[position % chosen.length] === true
      const grants = lines.flatMap(({ event }, index) => (storedForm(event).type === 'SessionGranted' ? [index + 1] : []))
      erase(grants.filter((position) => position <= known && isErased(position)))
      if (known < lines.length) commit(...lines.slice(known))
      const kept = contents(db)
      rebuild(db, localLog(db), { force: true })
      expect(contents(db)).toEqual(kept)
      erase(grants)
      const rows = Object.entries(contents(db)).find(([table]) => table.startsWith('sessions_'))?.[1] ?? []
      expect(JSON.stringify(rows)).not.toContain('unknown-callers')
      db.close()
    }),
    { numRuns: 100 },
  )
})
