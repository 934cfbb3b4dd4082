import { expect, test } from 'vitest'
import { run } from '../../scripts/steps.ts'

test('a step runs on the Node of the package, whatever the machine has', () => {
  const old = process.env.PATH
  expect(run({ name: 'which node', command: ['node', '-e', "process.exit(process.versions.node.startsWith('24.') ? 0 : 1)"] })).toBe(true)
  expect(process.env.PATH).toBe(old)
})

test('a step that fails is not good', () => {
  expect(run({ name: 'nothing', command: ['node', '-e', 'process.exit(3)'] })).toBe(false)
})

test('a step that does not exist is not good', () => {
  expect(run({ name: 'nowhere', command: ['no-such-program-anywhere'] })).toBe(false)
})
