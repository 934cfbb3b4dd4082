import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, SessionId } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import {
  type AccessEvent,
  AccessSummarized,
  AuthorizationRefused,
  DataExported,
  DataRead,
  type ReadableData,
  type RefusedFor,
} from './events.ts'

type Read = {
  readonly sessionId: SessionId
  readonly what: ReadableData
  readonly subject: AccountId | null
  readonly at: Instant
}

/** Reads: oldest first. */
export type State = { readonly recentReads: readonly Read[]; readonly exportedAt: Instant | null }

export type Refusals = {
  readonly sessionId: SessionId
  readonly count: number
  readonly refusals: readonly { readonly code: RefusedFor; readonly method: string; readonly route: string; readonly count: number }[]
  readonly from: Instant
  readonly to: Instant
}

type Export = { readonly type: 'export'; readonly sessionId: SessionId; readonly at: Instant }

export type Command = Export | ({ readonly type: 'read' } & Read) | ({ readonly type: 'recordRefusals'; readonly at: Instant } & Refusals)

export type Refusal = { readonly type: 'exported_recently'; readonly until: Instant }

/** Milliseconds in which one session reads one thing once. */
const readWindow = 60_000

const mostReads = 64

export const mostRefusals = 10

/** In both directions: after a clock that was ahead, reads would not be recorded. */
const isRecent = (last: Instant, at: Instant) => Math.abs(at - last) < readWindow

const isSame = (a: Read, b: Read) => a.sessionId === b.sessionId && a.what === b.what && a.subject === b.subject

const evolve = (state: State, event: AccessEvent): State => {
  switch (event.type) {
    case 'DataRead': {
      const recent = state.recentReads.filter((read) => isRecent(read.at, event.data.at))
      return { ...state, recentReads: [...recent, event.data].slice(-mostReads) }
    }
    case 'DataExported':
      return { ...state, exportedAt: event.data.at }
    case 'AuthorizationRefused':
      return state
    case 'AccessSummarized':
      return { recentReads: event.data.recentReads, exportedAt: event.data.exportedAt }
  }
}

/** What an account read of others or exported, and what it was refused. An export reads a whole history, so there is one in a minute. */
export const access: Decider<State, Command, AccessEvent, Refusal> = {
  initial: { recentReads: [], exportedAt: null },
  evolve,
  summary: {
    type: AccessSummarized.type,
    of: ({ recentReads, exportedAt }, next) => AccessSummarized({ recentReads: [...recentReads], exportedAt, at: next.data.at }),
  },
  decide: (command, { recentReads, exportedAt }) => {
    if (command.type === 'export') {
      const { sessionId, at } = command
      return exportedAt !== null && isRecent(exportedAt, at)
        ? left({ type: 'exported_recently', until: instant(exportedAt + readWindow) })
        : right([DataExported({ sessionId, at })])
    }
    if (command.type === 'read') {
      const { type: _, ...read } = command
      return right(recentReads.some((known) => isSame(known, read) && isRecent(known.at, read.at)) ? [] : [DataRead(read)])
    }
    const { type: _, refusals, ...refused } = command
    return right([AuthorizationRefused({ ...refused, refusals: refusals.slice(0, mostRefusals) })])
  },
}
