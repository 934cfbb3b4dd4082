import { setTimeout as setTimer } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { streams } from '../../../application/journal/streams.ts'
import type { Random } from '../../support/random.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import type { Answer } from '../../support/server/client.ts'
import { keysIn, newKey } from '../../support/server/identity-key.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { until } from './node-on.ts'
import { type Cluster, havingSeen, openCluster } from './support.ts'

const patient = { MAX_STALENESS_MS: '20000', LOGIN_MAX_ATTEMPTS: '100' }

/** Milliseconds around the deadline, for each node: 71:59:59, 72:00:00 and 72:00:01. */
const [before, at, after] = [-1_000, 0, 1_000]
const clocks: readonly (readonly [number, number, number])[] = [
  [before, before, before],
  [at, at, at],
  [after, after, after],
  [before, at, after],
  [before, after, at],
  [at, before, after],
  [after, before, at],
  [at, after, before],
  [after, at, before],
]
const racesOfEach = 12
const races = clocks.length * racesOfEach

type Outcome = 'cancelled' | 'completed'

type Racer = { readonly does: 'cancels' | 'old key' | 'new key'; readonly node: number; readonly answer: Answer }

let cluster: Cluster
/** Ahead of what the store stamps on the first events, because no clock goes back behind those. */
const walls = [0, 0, 0].map(() => ({ at: Math.ceil(Date.now() / 1_000) * 1_000 + 600_000 }))
let nodes: readonly Contestant[]

const startContestant = async (wall: { readonly at: number }) => {
  const node = await cluster.startNode({ env: patient, hooks: { wall: () => wall.at } })
  return { ...node, keys: keysIn(node) }
}
type Contestant = Awaited<ReturnType<typeof startContestant>>

beforeAll(async () => {
  cluster = await openCluster()
  nodes = await Promise.all(walls.map(startContestant))
}, 60_000)
afterAll(() => cluster.close())

/** A read model is stale while the clock runs away from it, until the node has asked the store again. */
const everyClockAt = async (time: number, offsets: readonly number[] = [0, 0, 0]) => {
  for (const [n, wall] of walls.entries()) wall.at = time + (offsets[n] ?? 0)
  for (const { gatebook } of nodes) await until(() => gatebook.isFresh?.() === true)
}

/** An identity with a pending rotation, of which every node has read an earlier state. */
const pendingOn = async (one: Contestant) => {
  const { key } = await one.keys.introduced()
  const next = newKey()
  for (const node of nodes) mustBe(200, await node.get(`/identities/${key.fingerprint}/chain`))
  const { deadline } = mustBe(202, await one.keys.propose(key, next))
  return { key, next, deadline: String(deadline) }
}
type Pending = Awaited<ReturnType<typeof pendingOn>>

const race = async ({ key, next, deadline }: Pending, random: Random): Promise<readonly Racer[]> => {
  const challenges = await Promise.all(nodes.map(({ keys }) => Promise.all([1, 2].map(() => keys.challengeFor(key.fingerprint)))))
  const starts = nodes.flatMap(({ keys }, node) => {
    const [one = '', other = ''] = challenges[node] ?? []
    const logIn = (by: typeof key, challenge: string) =>
      keys.logInWith(key.fingerprint, challenge, by.signs({ purpose: 'login', fingerprint: key.fingerprint, challenge }))
    return [
      async (): Promise<Racer> => ({ does: 'cancels', node, answer: await keys.cancel(key, next, deadline) }),
      async (): Promise<Racer> => ({ does: 'old key', node, answer: await logIn(key, one) }),
      async (): Promise<Racer> => ({ does: 'new key', node, answer: await logIn(next, other) }),
    ]
  })
  return Promise.all(
    random.shuffled(starts).map(async (start) => {
      await setTimer(random.below(20))
      return start()
    }),
  )
}

const outcomeIn = async ({ key }: Pending): Promise<Outcome> => {
  const events = await nodes[0]?.gatebook.store.read(streams.identity(key.fingerprint).name, 0)()
  if (events === undefined || isLeft(events)) return expect.unreachable('the stream')
  const recorded = events.right.map(({ type }) => type).filter((type) => /^KeyRotation(Cancelled|Completed)$/.test(type))
  expect(recorded).toHaveLength(1)
  return recorded[0] === 'KeyRotationCancelled' ? 'cancelled' : 'completed'
}

/** The statuses that fit what was recorded, on a node whose clock is before the deadline or not. With clocks that differ, a node may follow another one. */
const fitting = {
  cancelled: {
    cancels: { before: [204, 404], due: [404] },
    'old key': { before: [200], due: [200, 401] },
    'new key': { before: [401], due: [401] },
  },
  completed: {
    cancels: { before: [404], due: [404] },
    'old key': { before: [200, 401], due: [401] },
    'new key': { before: [200, 401], due: [200] },
  },
} as const

const answersFit = (outcome: Outcome, racers: readonly Racer[], offsets: readonly number[]) => {
  for (const { does, node, answer } of racers) {
    const side = (offsets[node] ?? 0) < 0 ? 'before' : 'due'
    expect(fitting[outcome][does][side], `${does} on node ${node} with the clocks ${offsets}, ${outcome}`).toContain(answer.status)
  }
  const cancelled = racers.filter(({ does, answer }) => does === 'cancels' && answer.status === 204)
  expect(cancelled).toHaveLength(outcome === 'cancelled' ? 1 : 0)
}

/** Afterwards, on every node: which key logs in, and whether sessions that the old one got in the race are alive. */
const nodesAgree = async (outcome: Outcome, { key, next }: Pending, racers: readonly Racer[]) => {
  const isCancelled = outcome === 'cancelled'
  const granted = racers.filter(({ does, answer }) => does === 'old key' && answer.status === 200)
  for (const node of nodes) {
    expect((await node.keys.logIn(key)).status).toBe(isCancelled ? 200 : 401)
    const byNew = await node.keys.logIn(next, key.fingerprint)
    expect(byNew.status).toBe(isCancelled ? 401 : 200)
    const chain = mustBe(200, await node.get(`/identities/${key.fingerprint}/chain`))
    expect(chain).toMatchObject({ pending: null, nextSequence: 2 })
    expect(chain.rotations).toHaveLength(isCancelled ? 0 : 1)
    for (const { answer } of granted) {
      const seen = await node.send({ method: 'GET', path: '/session', token: answer.body.token, ...havingSeen(answer) })
      expect(seen.status).toBe(isCancelled ? 200 : 401)
    }
  }
}

test(`of a cancellation and a completion around the deadline exactly one comes about on three nodes, in ${races} races`, async () => {
  const random = seededRandom()
  let now = walls[0]?.at ?? 0
  const outcomes = new Map<string, number>()
  for (const offsets of clocks) {
    await everyClockAt(now)
    const pending: Pending[] = []
    for (let n = 0; n < racesOfEach; n++) pending.push(await pendingOn(nodes[n % 3] as Contestant))
    const [deadline] = [...new Set(pending.map((one) => Date.parse(one.deadline)))]
    expect(deadline).toBe(now + 72 * 3_600_000)
    await everyClockAt(now + 72 * 3_600_000, offsets)
    const raced: (readonly Racer[])[] = []
    for (const one of pending) raced.push(await race(one, random))
    now += 73 * 3_600_000
    await everyClockAt(now)
    for (const [n, one] of pending.entries()) {
      const outcome = await outcomeIn(one)
      answersFit(outcome, raced[n] ?? [], offsets)
      await nodesAgree(outcome, one, raced[n] ?? [])
      const kind = new Set(offsets).size === 1 ? `${offsets[0]}` : 'apart'
      outcomes.set(`${kind}: ${outcome}`, (outcomes.get(`${kind}: ${outcome}`) ?? 0) + 1)
    }
  }
  expect(Object.fromEntries(outcomes)).toEqual({
    '-1000: cancelled': racesOfEach,
    '0: completed': racesOfEach,
    '1000: completed': racesOfEach,
    'apart: cancelled': expect.any(Number),
    'apart: completed': expect.any(Number),
  })
  expect([...outcomes.values()].reduce((sum, n) => sum + n, 0)).toBe(races)
}, 300_000)
