import { afterEach, describe, expect, test } from 'vitest'
import { AccountDisabled, AllSessionsRevoked } from '../../../domain/account/events.ts'
import { accountStream } from '../../../domain/kernel/streams.ts'
import { linesOf } from '../../projections/support/any-history.ts'
import { embeddedLog, type Line } from '../../projections/support/embedded-log.ts'
import { accountId } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'
import { type FaultyLog, faultyLog } from './faulty-log.ts'
import { aDataDir, indexesIn, nodeOn, refolded, until } from './node-on.ts'

const stream = accountStream(accountId(1))
const registrations = linesOf([])
const disabled: Line = { stream, event: AccountDisabled({ at: noon }) }
const revoked: Line = { stream, event: AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon }) }
const wrapped = linesOf([{ verb: 'wrapped', account: 1, session: 0, back: 0, wait: 0 }]).slice(3)

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const aPlace = () => {
  const { dataDir, remove } = aDataDir()
  cleanUps.push(remove)
  return dataDir
}

const aNode = async (log: FaultyLog, dataDir = aPlace()) => {
  const node = await nodeOn(log.store, dataDir)
  let closing: Promise<void> | null = null
  const close = () => {
    closing ??= node.close()
    return closing
  }
  cleanUps.push(close)
  return { ...node, close }
}
type Node = Awaited<ReturnType<typeof aNode>>

const caughtUp = async (node: Node, log: FaultyLog) => {
  const last = (await log.events()).at(-1)?.position ?? 0
  await until(() => node.models.position() >= last && node.isFresh(), 'the node to be level with the log')
}

const isLikeARefold = async (node: Node, log: FaultyLog) => expect(node.rows()).toEqual(refolded(await log.events()))

describe('a node that follows a log', () => {
  test('has what was there and what comes, in its own file, and is fresh', async () => {
    const log = faultyLog()
    await log.append(...registrations)
    const node = await aNode(log)
    await caughtUp(node, log)
    await log.append(disabled, revoked)
    await caughtUp(node, log)
    await isLikeARefold(node, log)
    expect(node.observed).toEqual([1, 2, 3, 4, 5])
    expect(await node.unready()).toBe(null)
  })

  test('goes on where it was after a restart: nothing is left out, nothing comes twice', async () => {
    const log = faultyLog()
    const dataDir = aPlace()
    await log.append(...registrations)
    const first = await aNode(log, dataDir)
    await caughtUp(first, log)
    await first.close()
    await log.append(disabled, ...wrapped)
    const second = await aNode(log, dataDir)
    await caughtUp(second, log)
    await isLikeARefold(second, log)
    expect(second.observed).toEqual([4, 5])
    await second.close()
    const third = await aNode(log, dataDir)
    await caughtUp(third, log)
    expect(third.observed).toEqual([])
  })

  test('reads past key streams and copies none of them', async () => {
    const log = faultyLog()
    const node = await aNode(log)
    const position = await log.append(...registrations, ...wrapped)
    await until(() => node.models.position() === position)
    expect(node.rows().events).toHaveLength(3)
  })

  test('has the indexes of its questions once it is level, however it got there', async () => {
    const log = faultyLog()
    const dataDir = aPlace()
    const first = await aNode(log, dataDir)
    await log.append(...registrations)
    await caughtUp(first, log)
    const ofReadModels = indexesIn(embeddedLog().db)
    const all = [...ofReadModels, 'event_in_stream'].toSorted()
    expect(ofReadModels.length).toBeGreaterThan(3)
    await until(() => indexesIn(first.models.db).length === all.length)
    expect(indexesIn(first.models.db)).toEqual(all)
    await first.close()
    const second = await aNode(log, dataDir)
    await caughtUp(second, log)
    expect(indexesIn(second.models.db)).toEqual(all)
    await log.loseAllBut(2)
    await until(() => second.models.position() === 2 && second.isFresh())
    await until(() => indexesIn(second.models.db).length === all.length)
  })

  test('begins again where its file is when a subscription ends', async () => {
    const log = faultyLog()
    await log.append(...registrations)
    const node = await aNode(log)
    await caughtUp(node, log)
    log.goAway()
    await log.append(disabled)
    await until(async () => (await node.unready())?.reason === 'stale')
    log.comeBack()
    await log.append(revoked)
    await caughtUp(node, log)
    await isLikeARefold(node, log)
    expect(node.observed).toEqual([1, 2, 3, 4, 5])
    expect(node.kinds()).toContain('subscription_ended')
  })

  test('stops, and is never fresh again, at a gap in a stream', async () => {
    const log = faultyLog()
    await log.append(...registrations)
    const node = await aNode(log)
    await caughtUp(node, log)
    log.hide(4)
    await log.append(disabled, revoked)
    await until(() => node.kinds().includes('stopped'))
    expect(node.nodeEvents.at(-1)).toEqual({ type: 'stopped', detail: `revision 2 of ${stream} came after 0` })
    expect(node.isFresh()).toBe(false)
    expect(await node.unready()).toEqual({ problem: 'STALE_READ_MODEL', reason: 'projection_stopped' })
    expect(node.models.position()).toBe(3)
    log.showAll()
    await log.append(...linesOf([]).map((line, n) => ({ ...line, stream: accountStream(accountId(50 + n)) })))
    expect([node.models.position(), node.isFresh()]).toEqual([3, false])
  })

  test('stops at an event that it cannot read, and takes nothing of what follows', async () => {
    const log = faultyLog()
    await log.append(...registrations)
    const node = await aNode(log)
    await caughtUp(node, log)
    await log.append({ stream, event: { type: 'AccountFrozen', version: 1, data: {} } }, disabled)
    await until(() => node.kinds().includes('stopped'))
    expect(node.nodeEvents.at(-1)).toMatchObject({
      detail: `the projection stopped at ${stream} revision 1 (AccountFrozen@1): it cannot be read`,
    })
    expect([node.models.position(), node.isFresh()]).toEqual([3, false])
    expect(node.rows().events).toHaveLength(3)
  })

  test('is not fresh while the log is silent, and is again when it speaks', async () => {
    const log = faultyLog()
    const node = await aNode(log)
    await caughtUp(node, log)
    log.fallSilent()
    await until(() => !node.isFresh())
    expect((await node.unready())?.reason).toBe('stale')
    log.speak()
    await caughtUp(node, log)
  })
})

describe('a node whose log was cut behind it', () => {
  test('makes its file anew, when the log is shorter than what it has seen', async () => {
    const log = faultyLog()
    await log.append(...registrations, disabled, revoked)
    const node = await aNode(log)
    await caughtUp(node, log)
    await log.loseAllBut(2)
    await until(() => node.kinds().includes('rewound'))
    await until(() => node.models.position() === 2 && node.isFresh())
    await isLikeARefold(node, log)
    expect(node.cleared()).toBe(1)
  })

  test('makes its file anew, when others have already written in the place of what was lost', async () => {
    const log = faultyLog()
    await log.append(...registrations, disabled)
    const node = await aNode(log)
    await caughtUp(node, log)
    await log.loseAllBut(3)
    await log.append(revoked, disabled, revoked)
    await until(() => node.kinds().includes('rewound'))
    await caughtUp(node, log)
    await isLikeARefold(node, log)
  })

  test('finds out at the next start', async () => {
    const log = faultyLog()
    const dataDir = aPlace()
    await log.append(...registrations, disabled)
    const before = await aNode(log, dataDir)
    await caughtUp(before, log)
    await before.close()
    await log.loseAllBut(1)
    await log.append(...registrations.slice(1), revoked)
    const after = await aNode(log, dataDir)
    await until(() => after.kinds().includes('rewound'))
    await caughtUp(after, log)
    await isLikeARefold(after, log)
  })

  test('is fresh at no time before the file is made anew', async () => {
    const log = faultyLog()
    await log.append(...registrations, disabled)
    const node = await aNode(log)
    await caughtUp(node, log)
    await log.loseAllBut(3)
    await log.append(revoked)
    await until(() => node.kinds().includes('rewound'))
    await until(() => {
      if (node.isFresh()) expect(node.observed).toEqual([1, 2, 3, 4, 1, 2, 3, 4])
      return node.isFresh()
    })
  })
})
