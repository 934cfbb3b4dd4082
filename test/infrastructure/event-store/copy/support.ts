import { test } from 'vitest'
import type { EventStore } from '../../../../application/ports/event-store.ts'
import type { CopyTarget } from '../../../../infrastructure/event-store/copy/copyable-log.ts'
import { newKeyStream, newStream } from '../../../contract/event-store/support.ts'
import { createLog } from '../../../support/event-store-stand-in/log.ts'
import { startStandIn } from '../../../support/event-store-stand-in/stand-in.ts'
import { writtenLog } from './any-log.ts'
import { clusterAt, targetAt } from './copies.ts'

/** An empty store for one copy. */
export const emptyStore = async () => {
  const log = createLog()
  const standIn = await startStandIn({ log })
  const to = await targetAt(clusterAt(standIn.url))
  const dispose = async () => {
    await to.close()
    standIn.kill()
  }
  return { to, log, url: standIn.url, dispose }
}

export const copyTest = (sentence: string, body: (store: Awaited<ReturnType<typeof emptyStore>>) => Promise<void>) =>
  test(sentence, async () => {
    const store = await emptyStore()
    try {
      await body(store)
    } finally {
      await store.dispose()
    }
  })

/** A small log with every special case. */
export const aLog = () => {
  const from = writtenLog()
  const [account, login, key, dead] = [newStream(), newStream(), newKeyStream(), newKeyStream()]
  from.append(account, 3)
  from.append(key, 2)
  from.append(login)
  from.append(dead)
  from.append(account, 2)
  from.append(key)
  from.shred(dead)
  from.append(login, 2)
  return { from, account, login, key, dead }
}

export type Append = EventStore['append']

/** A target that appends what `change` returns. */
export const appending = (to: CopyTarget, change: (append: Append, call: number) => Append): CopyTarget => {
  let calls = 0
  return { ...to, append: (...asked) => change(to.append, calls++)(...asked) }
}
