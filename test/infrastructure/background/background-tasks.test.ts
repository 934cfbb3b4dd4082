import { expect, test } from 'vitest'
import { backgroundTasks } from '../../../infrastructure/background/background-tasks.ts'

const never = 1_000_000
const noFault = () => {
  throw new Error('a fault')
}

test('what is done behind an answer’s back is not begun with it', async () => {
  const done: string[] = []
  const { run, settled } = backgroundTasks(noFault, () => 0)
  run(async () => done.push('a mail'))
  await Promise.resolve()
  expect(done).toEqual([])
  await settled()
  expect(done).toEqual(['a mail'])
})

test('each waits for a time of its own', async () => {
  const done: number[] = []
  const pauses = [30, 1]
  const { run } = backgroundTasks(noFault, () => pauses.shift() ?? never)
  await new Promise<void>((finished) => {
    run(async () => {
      done.push(30)
      finished()
    })
    run(async () => done.push(1))
  })
  expect(done).toEqual([1, 30])
})

test('at the end nothing is left undone: neither what waits, nor what is under way, nor what follows from it', async () => {
  const done: string[] = []
  const { run, settled } = backgroundTasks(noFault, () => never)
  run(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    run(async () => done.push('what follows'))
  })
  run(async () => done.push('what waits'))
  await settled()
  expect(done).toEqual(['what waits', 'what follows'])
})

test('a fault is told, and stops nothing', async () => {
  const faults: unknown[] = []
  const { run, settled } = backgroundTasks(
    (error) => faults.push(error),
    () => never,
  )
  run(async () => {
    throw new Error('broken')
  })
  await settled()
  expect(faults).toEqual([new Error('broken')])
})
