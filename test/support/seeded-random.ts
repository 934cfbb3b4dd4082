import { randomInt } from 'node:crypto'
import { onTestFailed } from 'vitest'
import { type Random, randomFrom } from './random.ts'

/** `TEST_SEED`, or a new seed for each test file. */
export const testSeed = Number(process.env.TEST_SEED ?? randomInt(2 ** 31))

/** Random numbers for the test that calls this. If it fails, the seed that repeats them is printed. */
export const seededRandom = (): Random => {
  onTestFailed(({ task }) => void process.stderr.write(`To repeat the random choices of "${task.name}": TEST_SEED=${testSeed}\n`))
  return randomFrom(testSeed)
}
