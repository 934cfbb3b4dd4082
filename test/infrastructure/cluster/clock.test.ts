import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { secondFactorIn } from '../../support/server/second-factor.ts'
import { openCluster } from './support.ts'

const hour = 3_600_000

describe('a node of a cluster whose clock is wrong', () => {
  const cluster = openCluster()
  afterAll(async () => (await cluster).close())

  const nodeWith = async (wrong: { by: number }, env: Record<string, string> = {}) => {
    const { startNode } = await cluster
    const told: string[] = []
    const started = performance.now()
    const wall = () => Date.now() + wrong.by
    const hooks = { wall, elapsed: () => performance.now() - started, onClock: ({ type }: { type: string }) => told.push(type) }
    return { node: await startNode({ env, hooks, awaitReady: false }), told }
  }
  const isReady = async (node: Awaited<ReturnType<typeof nodeWith>>['node']) => {
    while ((await node.gatebook.unready())?.problem === 'STALE_READ_MODEL') await new Promise((done) => setTimeout(done, 5))
    return node.gatebook.unready()
  }

  test('records nothing while it is more than an hour off, and goes on afterwards', async () => {
    const wrong = { by: 0 }
    const { node, told } = await nodeWith(wrong)
    expect(await isReady(node)).toBe(null)
    await node.register({ email: 'ada@example.org' })
    wrong.by = 9_000 * hour
    expect(await node.gatebook.unready()).toMatchObject({ reason: 'clock_jumped' })
    const refused = await node.post('/register', { email: 'bob@example.org', password: 'a long enough passphrase', transport: 'bearer' })
    expect(refused).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } })
    wrong.by = 0
    expect(await isReady(node)).toBe(null)
    expect(told).toEqual(['jumped', 'restored'])
    await node.stop()
  })

  test('records nothing when it starts more than a day behind the newest event', async () => {
    const { node, told } = await nodeWith({ by: -48 * hour })
    expect(await isReady(node)).toMatchObject({ reason: 'clock_jumped' })
    expect(told).toEqual(['behind'])
    await node.stop()
    const { node: accepted } = await nodeWith({ by: -48 * hour }, { ACCEPT_CLOCK_JUMP: 'true' })
    expect(await isReady(accepted)).toBe(null)
    await accepted.stop()
  })

  test('checks codes by the wall clock, although the time of the log is ahead', async () => {
    const wrong = { by: 0 }
    const { node } = await nodeWith(wrong)
    expect(await isReady(node)).toBe(null)
    const steps = secondFactorIn(node)
    const { secret, email } = await steps.somebody('cleo@example.org')
    wrong.by = hour / 2
    const challenge = await steps.challengeOf(email)
    wrong.by = 0
    const step = stepAt(Date.now() as Parameters<typeof stepAt>[0])
    const answers = [await steps.answer(challenge, codeAt(secret, step + 1))]
    if (answers[0]?.status !== 200) answers.push(await steps.answer(challenge, codeAt(secret, step + 2)))
    expect(answers.at(-1)?.status).toBe(200)
    const head = await node.gatebook.store.head()()
    expect(isLeft(head)).toBe(false)
    await node.stop()
  })
})
