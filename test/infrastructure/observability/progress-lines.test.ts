import { expect, test } from 'vitest'
import { progressLines } from '../../../infrastructure/observability/progress-lines.ts'

const said = (...times: readonly number[]) => {
  const lines: string[] = []
  let time = 0
  const say = progressLines(
    (line) => lines.push(line),
    'rebuild',
    () => time,
  )
  for (const [index, at] of times.entries()) {
    time = at
    say(index, 10)
  }
  return lines
}

test('work that is done within seconds says nothing', () => expect(said(0, 100, 2_999)).toEqual([]))

test('longer work says how far it is, every few seconds', () =>
  expect(said(1_000, 3_000, 4_000, 5_999, 6_000)).toEqual(['rebuild: 1 of 10 events\n', 'rebuild: 4 of 10 events\n']))
