import { expect, test, vi } from 'vitest'

vi.stubEnv('PATH', '/usr/bin:/bin')
const { run } = await import('../../scripts/checks/steps.ts')

test('a step runs on the Node of the package, whatever the machine has', () => {
  expect(run({ name: 'which node', command: ['node', '-e', "process.exit(process.versions.node.startsWith('24.') ? 0 : 1)"] })).toBe(true)
})

test('a step that fails is not good', () => {
  expect(run({ name: 'nothing', command: ['node', '-e', 'process.exit(3)'] })).toBe(false)
})

test('a step that does not exist is not good', () => {
  expect(run({ name: 'nowhere', command: ['no-such-program-anywhere'] })).toBe(false)
})
