import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('the example for node:test passes', () => {
  const args = ['--conditions=gatebook-source', '--test', '--test-reporter=tap', 'examples/testing/server.node-test.ts']
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
  expect(stdout).toMatch(/^# pass 3$/m)
  expect(stdout).toMatch(/^# fail 0$/m)
})
