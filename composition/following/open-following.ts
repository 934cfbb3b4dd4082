import { setImmediate as nextTurn, setTimeout as setTimer } from 'node:timers/promises'
import { openFeed } from '../../application/following/feed.ts'
import { type Following, openFollowing } from '../../application/following/following.ts'
import { publishEvent } from '../../application/following/publish-event.ts'
import type { Pause } from '../../application/following/with-retries.ts'
import type { LineLogger } from '../../application/line-logger.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { cursorFiles } from '../../infrastructure/following/cursor-files.ts'
import { sealedNumbers } from '../../infrastructure/sealing/cipher/sealed-numbers.ts'
import type { Gatebook } from '../gatebook.ts'

const pause: Pause = async (ms, signal) => {
  await setTimer(ms, undefined, { signal }).catch(() => {})
}

/** On a node what is read may still be lost until a majority has confirmed a head behind it. */
const reachOf = ({ node, isFresh, readModelPosition }: Gatebook) => ({
  isKnown: () => isFresh?.() !== false,
  readable: readModelPosition,
  through: () => (node === undefined ? readModelPosition() : Math.min(readModelPosition(), node.head())),
})

export function openFollowingOf(gatebook: Gatebook, logger: LineLogger): Following {
  const { ports, queries, observeCommits, dataDir } = gatebook
  const numbers = sealedNumbers(ports.crypto.derive)
  const isErased = (account: AccountId) => queries.accountQueries.byId(account)?.status === 'erased'
  const onFault = (error: unknown) => logger.error({ error }, 'following the event log failed: retrying')
  const feed = openFeed({
    observeCommits,
    reach: reachOf(gatebook),
    committed: queries.committedEvents,
    publish: publishEvent({ vault: ports.crypto.vault, numbers, isErased }),
    pause,
    yieldTurn: () => nextTurn(),
    onFault,
  })
  return openFollowing({
    feed,
    numbers,
    cursors: cursorFiles(dataDir),
    pause,
    onFault: (error) => logger.error({ error }, 'the cursor of an event handler cannot be saved'),
    onHandlerFailure: (handler, { id, type }, { error, attempt, retryInMs }) =>
      logger.warn({ handler, id, type, attempt, retryInMs, error }, 'event handler failed: retrying'),
    onHandlerStopped: (handler, event, error) =>
      logger.error({ handler, id: event?.id, type: event?.type, error }, 'event handler stopped: its cursor stays where it is'),
  })
}
