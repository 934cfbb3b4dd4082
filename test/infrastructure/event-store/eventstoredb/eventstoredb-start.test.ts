import { describe, expect, test } from 'vitest'
import { openEventStoreDb } from '../../../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'

const failureOf = async (url: string, development = false) => {
  const opened = await openEventStoreDb({ url, development, patience: { callMs: 300, attemptMs: 300 } })()
  return opened._tag === 'Left' ? opened.left : expect.unreachable('it should not open')
}

describe('the EventStoreDB store does not open', () => {
  for (const url of ['', 'http://127.0.0.1:2113', 'esdb://', 'esdb://u:s3cret@h?frobnicate=1', 'esdb://u:s3cret@h?tlsVerifyCert=false']) {
    test(`with the connection string ${url || 'that is empty'}, and says nothing of what stands in it`, async () => {
      const failure = await failureOf(url)
      expect(failure.type).toBe('malformed')
      expect(failure.detail).not.toContain('s3cret')
      expect(failure.detail).not.toContain('frobnicate')
    })
  }

  for (const url of [
    'esdb://u:s3cret@h?tls=false',
    'esdb://u:s3cret@h?TLS=false',
    'esdb://h:2113',
    'esdb://admin:changeit@h:2113',
    'esdb+discover://h',
  ]) {
    test(`with ${url} unless development is declared`, async () => {
      expect((await failureOf(url)).type).toBe('not_secure')
    })
  }

  test('where nobody listens', async () => {
    expect((await failureOf('esdb://127.0.0.1:1?tls=false', true)).type).toBe('unavailable')
  })

  test('with a certificate that is not there', async () => {
    expect((await failureOf('esdb://u:s3cret@h?tlsCAFile=/does/not/exist')).type).toBe('malformed')
  })
})
