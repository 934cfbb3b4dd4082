import { expect, test } from 'vitest'
import { copyFailureText, nextSteps } from '../../cli/copy/copy-texts.ts'

const cluster = { type: 'eventstoredb', url: 'esdb://gatebook:secret@store' } as const
const at = (source: string, target: string) => ({
  events: 1,
  source: { position: 1, recordedAt: source },
  target: { position: 9, recordedAt: target },
})

test('a store whose clock is behind the newest event is not to be used before it has caught up', () => {
  const warning = 'Start no node before 2026-06-01T12:00:00.000Z'
  expect(nextSteps(cluster, at('2026-06-01T12:00:00.000Z', '2026-06-01T11:59:59.999Z'))).toContain(warning)
  expect(nextSteps(cluster, at('2026-06-01T12:00:00.000Z', '2026-06-01T12:00:00.000Z'))).not.toContain('Start no node')
})

test('what is told of a store that failed names neither a stream nor a password', () => {
  const stream = 'orders-ada@example.org'
  const failures = [
    { type: 'corrupt', detail: `event 3 of ${stream} was not written by Gatebook` },
    { type: 'stream_deleted', stream },
    { type: 'conflict', stream },
  ] as const
  for (const failure of failures) {
    expect(copyFailureText({ type: 'target_failed', failure })).not.toContain('example.org')
    expect(copyFailureText({ type: 'source_failed', failure })).not.toContain('example.org')
  }
  expect(nextSteps(cluster, at('2026-06-01T12:00:00.000Z', '2026-06-01T12:00:00.000Z'))).not.toContain('secret')
})
