import { right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, SessionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type AccessEvent, AccessSummarized, AuthorizationRefused, DataRead, type ReadableData, type RefusedFor } from './events.ts'

type Read = {
  readonly sessionId: SessionId
  readonly what: ReadableData
  readonly subject: AccountId | null
  readonly at: Instant
}

/** Oldest first. */
export type State = { readonly recentReads: readonly Read[] }

export type Refusals = {
  readonly sessionId: SessionId
  readonly count: number
  readonly refusals: readonly { readonly code: RefusedFor; readonly method: string; readonly route: string; readonly count: number }[]
  readonly from: Instant
  readonly to: Instant
}

export type Command = ({ readonly type: 'read' } & Read) | ({ readonly type: 'recordRefusals'; readonly at: Instant } & Refusals)

export type Refusal = never

/** Milliseconds in which one session reads one thing once. */
const readWindow = 60_000

const mostReads = 64

export const mostRefusals = 10

/** In both directions: after a clock that was ahead, reads would not be recorded. */
const isRecent = (read: Read, at: Instant) => Math.abs(at - read.at) < readWindow

const isSame = (a: Read, b: Read) => a.sessionId === b.sessionId && a.what === b.what && a.subject === b.subject

const evolve = (state: State, event: AccessEvent): State => {
  switch (event.type) {
    case 'DataRead': {
      const recent = state.recentReads.filter((read) => isRecent(read, event.data.at))
      return { recentReads: [...recent, event.data].slice(-mostReads) }
    }
    case 'AuthorizationRefused':
      return state
    case 'AccessSummarized':
      return { recentReads: event.data.recentReads }
  }
}

/** What an account read of others, and what it was refused. */
export const access: Decider<State, Command, AccessEvent, Refusal> = {
  initial: { recentReads: [] },
  evolve,
  summary: {
    type: AccessSummarized.type,
    of: ({ recentReads }, next) => AccessSummarized({ recentReads: [...recentReads], at: next.data.at }),
  },
  decide: (command, { recentReads }) => {
    if (command.type === 'read') {
      const { type: _, ...read } = command
      return right(recentReads.some((known) => isSame(known, read) && isRecent(known, read.at)) ? [] : [DataRead(read)])
    }
    const { type: _, refusals, ...refused } = command
    return right([AuthorizationRefused({ ...refused, refusals: refusals.slice(0, mostRefusals) })])
  },
}
