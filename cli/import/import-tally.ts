import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import type { ImportResult } from '../../library/importing/import-types.ts'

/** Lines of refusals on the terminal. */
const mostShown = 100

const mostCollected = 10_000

type Refusal = { readonly number: number; readonly reason: string }

export type Tally = ReturnType<typeof importTally>

/** Counts, shows refusals, and writes each outcome to the report. No address and no hash stands in any of them. Throws if there is a report of this name. */
export function importTally(unit: 'line' | 'user', reportFile: string | undefined, show: (line: string) => void) {
  const report = reportFile === undefined ? null : openSync(reportFile, 'wx', 0o600)
  const counts = { created: 0, skipped: 0, refused: 0 }
  const refusals: Refusal[] = []

  const write = (entry: object) => {
    if (report !== null) writeSync(report, `${JSON.stringify(entry)}\n`)
  }
  const refuse = (number: number, reason: string) => {
    counts.refused += 1
    if (counts.refused <= mostShown) show(`${unit} ${number}: ${reason}\n`)
    if (refusals.length < mostCollected) refusals.push({ number, reason })
    write({ [unit]: number, outcome: 'refused', reason })
  }
  const close = () => {
    if (report !== null) closeSync(report)
  }
  const note = (number: number, result: ImportResult) => {
    if (result.outcome === 'refused') return refuse(number, result.reason)
    counts[result.outcome] += 1
    write({ [unit]: number, outcome: result.outcome, accountId: result.accountId })
  }
  return {
    refuse,
    note,
    counts: () => ({ ...counts }),
    notShown: () => Math.max(0, counts.refused - mostShown),
    /** The first 10,000. */
    refusals: () => refusals.toSorted((a, b) => a.number - b.number).map(({ number, reason }) => ({ [unit]: number, reason })),
    close,
    /** Before anything was noted: the next run may have a report of this name. */
    discard: () => {
      close()
      if (reportFile !== undefined) rmSync(reportFile)
    },
  }
}
