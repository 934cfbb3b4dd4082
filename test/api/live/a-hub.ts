import { EventEmitter } from 'node:events'
import type { FastifyRequest } from 'fastify'
import { vi } from 'vitest'
import { attachAuthentication } from '../../../api/guards/guarded-session.ts'
import { opening, resetEvent } from '../../../api/live/event-stream.ts'
import { liveHub } from '../../../api/live/live-hub.ts'
import { standingOf } from '../../../api/live/live-session.ts'
import { liveStreams } from '../../../api/live/live-streams.ts'
import type { ProblemAnswer } from '../../../api/problems.ts'
import type { CommitObserver } from '../../../application/ports/commit-observer.ts'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { accountStream } from '../../../domain/kernel/streams.ts'
import type { AuditEntry } from '../../../projections/audit/audit-entry.ts'
import type { ActiveSessionRow } from '../../../projections/sessions/active-session.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'

export const day = 86_400_000

/** A hub on a log that the test writes. `socket` stands for the connection of the reader. */
export const aHub = () => {
  const trail: AuditEntry[] = []
  const observers = new Set<CommitObserver>()
  const counts = { reads: 0, faults: 0 }
  const world = { fresh: true, fault: false, refused: undefined as ProblemAnswer | undefined, now: noon }
  const hub = liveHub({
    observeCommits: (observer) => {
      observers.add(observer)
      return () => void observers.delete(observer)
    },
    position: () => trail.length,
    newer: ({ after, through, account = null, limit, wanted = () => true }) => {
      counts.reads += 1
      if (world.fault) throw new Error('the file is gone')
      const rows = trail
        .filter(({ position, account: of }) => position > after && position <= through && (account === null || of === account))
        .slice(0, limit)
      return {
        entries: rows.filter((row) => wanted(row.account)),
        through: rows.length < limit ? through : (rows.at(-1)?.position ?? through),
      }
    },
    isFresh: () => world.fresh,
    now: () => world.now,
    onFault: () => {
      counts.faults += 1
    },
  })
  const streams = liveStreams({ hub, standing: standingOf({ byId: () => undefined, now: () => world.now }) })
  const record = (account: AccountId, summary = 'It happened') => {
    const position = trail.length + 1
    trail.push({
      position,
      at: noon,
      type: 'Happened',
      account,
      actor: 'system',
      summary,
      session: null,
      isOfActor: false,
      correlationId: 'c',
    })
    return { stream: accountStream(account), position, data: {} } as RecordedEvent
  }
  const commit = (...events: RecordedEvent[]) => {
    for (const { observe } of observers) observe(events)
  }
  const guard = () => world.refused ?? (world.fresh ? undefined : ({ problem: 'STALE_READ_MODEL' } as const))
  const format = {
    opening: (position: number) => opening(`@${position}`),
    reset: (position: number) => resetEvent(`@${position}`),
    entry: ({ position, summary }: AuditEntry) => `${position} ${summary}\n`,
  }
  const open = (
    account = accountId(1),
    { network = '192.0.2.1', watched = account as AccountId | null, after = undefined as number | undefined } = {},
  ) => {
    const socket = Object.assign(new EventEmitter(), { destroyed: false, destroy: vi.fn() })
    const request = { raw: { socket }, callerNetworks: [network] } as unknown as FastifyRequest
    const session = {
      accountId: account,
      sessionId: sessionId(1),
      idleExpiresAt: later(day),
      expiresAt: later(2 * day),
    } as ActiveSessionRow
    attachAuthentication(request, { session, tokenHash: 'hash' as never, transport: 'bearer' })
    const body = streams.open(request, { guards: [guard], watched, after, format })
    return { body, socket }
  }
  const reading = (...args: Parameters<typeof open>) => {
    const { body, socket } = open(...args)
    if ('problem' in body) throw new Error(body.problem)
    const read = { text: '' }
    body.setEncoding('utf8').on('data', (part) => {
      read.text += part
    })
    return { body, socket, read }
  }
  return { hub, streams, observers, counts, world, record, commit, open, reading }
}

export const soon = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))
