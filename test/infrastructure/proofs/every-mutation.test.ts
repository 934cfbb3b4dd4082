import { afterAll, describe, expect, test } from 'vitest'
import type { KnownHead } from '../../../infrastructure/event-store/sqlite/proofs/verify/finding.ts'
import { verifyProofs } from '../../../infrastructure/event-store/sqlite/proofs/verify/verify-log.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { mutations } from './mutations.ts'
import { aRow, provedLog } from './proved-log.ts'

/** `MUTATIONS=10000` for the run of docs/figures.md. */
const runs = Number(process.env.MUTATIONS ?? 200)

const proved = provedLog(420)
afterAll(() => proved.remove())
const { log, tiles } = proved
const size = tiles.size()
const whole: KnownHead = { size, root: tiles.hashOf(0, size), name: 'the checkpoint from outside' }

/** What is done to the log is taken back afterwards. */
const tampered = <A>(work: () => A): A => {
  log.exec('BEGIN')
  try {
    return work()
  } finally {
    log.exec('ROLLBACK')
  }
}

const kinds = ['flip', 'move', 'drop', 'swap', 'insert', 'duplicate'] as const

describe('of single changes to a log', () => {
  test('none is found in one that nobody changed', () => {
    expect(verifyProofs(log, { tiles, heads: [whole] })).toMatchObject({ events: size, finding: null })
  })

  test.each(kinds)('%s is found by the tiles, with its position', (kind) => {
    const random = seededRandom()
    for (let n = 0; n < runs / kinds.length; n++) {
      tampered(() => {
        const expected = mutations(log, random)[kind]()
        if (expected.types.includes('none')) return
        const { finding } = verifyProofs(log, { tiles, heads: [] })
        const found = finding !== null && 'position' in finding ? finding : null
        expect({ kind, position: found?.position, type: expected.types.includes(found?.type ?? '') }).toEqual({
          kind,
          position: expected.position,
          type: true,
        })
      })
    }
  })

  test.each(kinds)('%s is found by a checkpoint from outside, if the tiles were made anew', (kind) => {
    const random = seededRandom()
    for (let n = 0; n < runs / kinds.length; n++) {
      tampered(() => {
        const earlier = 1 + random.below(size - 1)
        const before: KnownHead = { size: earlier, root: tiles.hashOf(0, earlier), name: 'an earlier one' }
        const { types, position } = mutations(log, random)[kind]()
        if (types.includes('none')) return
        const { finding } = verifyProofs(log, { tiles: null, heads: [before, whole] })
        if (finding?.type !== 'rewritten' && finding?.type !== 'cut') return expect.unreachable(`${kind} at ${position} was not found`)
        expect(finding.after).toBeLessThan(position)
        expect('through' in finding ? finding.through : finding.end).toBeGreaterThanOrEqual(position)
      })
    }
  })
})

describe('a log that was cut off', () => {
  const cutBehind = (position: number) => log.prepare('DELETE FROM event WHERE position > ?').run(position)

  test('is found by its tiles and by a checkpoint, with the last position that is left', () => {
    const random = seededRandom()
    for (let n = 0; n < runs / 4; n++) {
      tampered(() => {
        const index = random.below(size - 1)
        const position = tiles.position(index) ?? 0
        cutBehind(position)
        const cut = { type: 'cut', end: position, events: index + 1, expected: size }
        expect(verifyProofs(log, { tiles, heads: [] }).finding).toEqual({ ...cut, after: position })
        expect(verifyProofs(log, { tiles: null, heads: [whole] }).finding).toEqual({ ...cut, after: 0 })
      })
    }
  })

  test('and goes on with other events is found by a checkpoint from outside', () => {
    const random = seededRandom()
    for (let n = 0; n < runs / 4; n++) {
      tampered(() => {
        const index = random.below(size - 1)
        cutBehind(tiles.position(index) ?? 0)
        const kept: KnownHead = { size: index + 1, root: tiles.hashOf(0, index + 1), name: 'the one of the older copy' }
        const insert = log.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
        for (let at = 0; at < 420; at++) insert.run(...aRow(2_001 + at))
        const { finding } = verifyProofs(log, { tiles: null, heads: [whole, kept] })
        expect(finding).toMatchObject({ type: 'rewritten', after: tiles.position(index), checkpoint: whole.name })
      })
    }
  })
})

describe('proofs that are damaged', () => {
  const damaged = <A>(sql: string, work: () => A): A => {
    proved.proofs.exec('BEGIN')
    try {
      proved.proofs.exec(sql)
      return work()
    } finally {
      proved.proofs.exec('ROLLBACK')
    }
  }

  test('are told from a changed log by a checkpoint that still fits', () => {
    const flip = 'UPDATE tile SET hashes = CAST(zeroblob(length(hashes)) AS BLOB) WHERE level = 0 AND number = 1'
    damaged(flip, () => {
      expect(verifyProofs(log, { tiles, heads: [whole] }).finding).toEqual({ type: 'tiles', position: tiles.position(256) })
      expect(verifyProofs(log, { tiles, heads: [] }).finding).toEqual({ type: 'changed', position: tiles.position(256) })
    })
  })

  test('are found in the levels above the leaves', () => {
    damaged('DELETE FROM tile WHERE level = 1', () => {
      expect(verifyProofs(log, { tiles, heads: [] }).finding).toEqual({ type: 'tiles', position: null })
    })
  })

  test('that lack the positions of their leaves are found', () => {
    damaged("UPDATE place SET positions = x'' WHERE number = 0", () => {
      expect(verifyProofs(log, { tiles, heads: [whole] }).finding?.type).toBe('tiles')
    })
  })
})
