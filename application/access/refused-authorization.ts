import { isLeft } from 'fp-ts/lib/Either.js'
import { mostRefusals, type Refusals } from '../../domain/access/decider.ts'
import type { RefusedFor } from '../../domain/access/events.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { metadataOf } from '../caller.ts'
import type { Journal } from '../journal/journal.ts'
import { streams } from '../journal/streams.ts'
import type { NewId, Now } from '../ports/clock.ts'

export type RefusedRequest = {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly code: RefusedFor
  readonly method: string
  /** The pattern, not the URL. */
  readonly route: string
}

type Kind = Refusals['refusals'][number]
type Window = Omit<Refusals, 'refusals'> & { readonly kinds: ReadonlyMap<string, Kind> }

const maxAccounts = 10_000

const joinedKinds = (a: Window['kinds'], b: Window['kinds']) => {
  const kinds = new Map(a)
  for (const [key, kind] of b) {
    const known = kinds.get(key)
    if (known !== undefined || kinds.size < mostRefusals) kinds.set(key, { ...kind, count: kind.count + (known?.count ?? 0) })
  }
  return kinds
}

const joined = (a: Window | undefined, b: Window): Window => {
  if (a === undefined) return b
  return {
    sessionId: a.to > b.to ? a.sessionId : b.sessionId,
    count: a.count + b.count,
    kinds: joinedKinds(a.kinds, b.kinds),
    from: instant(Math.min(a.from, b.from)),
    to: instant(Math.max(a.to, b.to)),
  }
}

const windowOf = ({ sessionId, code, method, route }: RefusedRequest, at: Instant): Window => {
  const kind = { code, method, route, count: 1 }
  return { sessionId, count: 1, kinds: new Map([[`${code} ${method} ${route}`, kind]]), from: at, to: at }
}

type RecordNeeds = Pick<Journal<'access'>, 'decide'> & { readonly now: Now; readonly newId: NewId }

/** One event per account and window, so that nobody can fill the log. */
export function refusedAuthorization({ decide, now, newId }: RecordNeeds) {
  let window = new Map<AccountId, Window>()

  const add = (accountId: AccountId, refused: Window) => {
    const known = window.get(accountId)
    if (known !== undefined || window.size < maxAccounts) window.set(accountId, joined(known, refused))
  }

  return {
    /** Beyond 10,000 accounts in a window the counts are incomplete. */
    count: (refused: RefusedRequest) => add(refused.accountId, windowOf(refused, now())),

    /** Records the window that ends now. What the log does not take is recorded with the next window. */
    record: async () => {
      const ended = window
      window = new Map()
      const correlationId = newId()
      for (const [accountId, refused] of ended) {
        const { kinds, ...counted } = refused
        const command = { type: 'recordRefusals' as const, ...counted, refusals: [...kinds.values()], at: now() }
        const recorded = await decide(streams.access(accountId), command, metadataOf({ correlationId }, accountId))()
        if (isLeft(recorded)) add(accountId, refused)
      }
    },
  }
}
