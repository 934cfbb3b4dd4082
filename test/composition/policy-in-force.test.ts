import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { recordedLog } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

test('a start records the policy that decides before anything is decided, and only when it changed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-test-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const starts: readonly Readonly<Record<string, string>>[] = [{}, {}, { LOGIN_MAX_ATTEMPTS: '3' }, { LOGIN_MAX_ATTEMPTS: '3' }, {}]
  for (const env of starts) await (await startTestServer({ dataDir, env })).stop()
  const log = await recordedLog(dataDir)
  const policies = log.filter(({ type }) => type === 'PolicyPutInForce')
  expect(policies.map(({ data }) => Object(data).login.maxAttempts)).toEqual([5, 3, 5])
  expect(log.filter(({ stream }) => !stream.startsWith('dataKey-') && !stream.startsWith('signingKeys-'))[0]?.type).toBe('PolicyPutInForce')
})
