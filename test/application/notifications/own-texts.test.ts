import { expect, test } from 'vitest'
import { ownTexts } from '../../../application/notifications/own-texts.ts'

const hour = 3_600_000

const never = () => new Promise(() => {})

/** A function that ends when it is told to. */
const controlled = () => {
  const running: ((done: string) => void)[] = []
  const write = () => new Promise<string>((resolve) => running.push(resolve))
  return { running, write }
}

const turns = async () => {
  for (let n = 0; n < 20; n += 1) await Promise.resolve()
}

test('so many of a kind run at a time, and the others wait for their turn', async () => {
  const { run } = ownTexts({ parallel: 2, patience: hour })
  const { running, write } = controlled()
  const texts = Array.from({ length: 5 }, () => run('passwordReset', write))
  await turns()
  expect(running).toHaveLength(2)
  running[1]?.('b')
  expect(await texts[1]).toBe('b')
  expect(running).toHaveLength(3)
  for (let n = 0; n < 5; n += 1) {
    running[n]?.(`text ${n}`)
    await turns()
  }
  expect(await Promise.all(texts)).toEqual(['text 0', 'b', 'text 2', 'text 3', 'text 4'])
})

test('one that throws gives its place back', async () => {
  const { run } = ownTexts({ parallel: 1, patience: hour })
  const failing = () => {
    throw new Error('no template')
  }
  for (let n = 0; n < 3; n += 1) await expect(run('passwordReset', failing)).rejects.toThrow('no template')
  expect(await run('passwordReset', () => 'text')).toBe('text')
})

test('those that never return hold up no other kind of mail', async () => {
  const { run } = ownTexts({ parallel: 2, patience: hour })
  for (let n = 0; n < 5; n += 1) void run('passwordReset', never).catch(() => {})
  expect(await run('oneTimeCode', () => 'code')).toBe('code')
})

test('where all places are taken by those that never return, nobody waits, and no more are started', async () => {
  const { run } = ownTexts({ parallel: 2, patience: 5, patienceAtStop: hour })
  let started = 0
  const stuck = () => {
    started += 1
    return never()
  }
  const first = await Promise.allSettled([run('passwordReset', stuck), run('passwordReset', stuck)])
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  for (let n = 0; n < 100; n += 1) await expect(run('passwordReset', stuck)).rejects.toThrow('took too long')
  expect(started).toBe(2)
})

test('those that wait are let go when all in front of them are stuck, however much patience is left for them', async () => {
  const { run, stop } = ownTexts({ parallel: 1, patience: hour, patienceAtStop: 5 })
  const stuck = run('passwordReset', never).catch(String)
  await turns()
  const waiting = run('passwordReset', () => 'text').catch(String)
  stop()
  expect(await Promise.all([stuck, waiting])).toEqual(Array(2).fill('Error: took too long'))
})

test('a place comes back when a function that was late ends after all', async () => {
  const { run } = ownTexts({ parallel: 1, patience: 5 })
  const { running, write } = controlled()
  await expect(run('passwordReset', write)).rejects.toThrow('took too long')
  await expect(run('passwordReset', () => 'text')).rejects.toThrow('took too long')
  running[0]?.('too late')
  await turns()
  expect(await run('passwordReset', () => 'text')).toBe('text')
})

test('a stop of the process cuts the patience short, of those under way and of those to come', async () => {
  const { run, stop } = ownTexts({ patience: hour, patienceAtStop: 5 })
  const underWay = run('passwordReset', never)
  stop()
  await expect(underWay).rejects.toThrow('took too long')
  await expect(run('passwordReset', never)).rejects.toThrow('took too long')
  expect(await run('passwordReset', async () => 'text')).toBe('text')
})
