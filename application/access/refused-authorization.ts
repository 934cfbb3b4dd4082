import { mostRefusals, type Refusals } from '../../domain/access/decider.ts'
import type { RefusedFor } from '../../domain/access/events.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { metadataOf } from '../caller.ts'
import { foldedWindow } from '../folded-window.ts'
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

const joinedKinds = (a: Window['kinds'], b: Window['kinds']) => {
  const kinds = new Map(a)
  for (const [key, kind] of b) {
    const known = kinds.get(key)
    if (known !== undefined || kinds.size < mostRefusals) kinds.set(key, { ...kind, count: kind.count + (known?.count ?? 0) })
  }
  return kinds
}

const joined = (a: Window, b: Window): Window => ({
  sessionId: a.to > b.to ? a.sessionId : b.sessionId,
  count: a.count + b.count,
  kinds: joinedKinds(a.kinds, b.kinds),
  from: instant(Math.min(a.from, b.from)),
  to: instant(Math.max(a.to, b.to)),
})

const windowOf = ({ sessionId, code, method, route }: RefusedRequest, at: Instant): Window => {
  const kind = { code, method, route, count: 1 }
  return { sessionId, count: 1, kinds: new Map([[`${code} ${method} ${route}`, kind]]), from: at, to: at }
}

type RecordNeeds = Pick<Journal<'access'>, 'decide'> & { readonly now: Now; readonly newId: NewId }

/** One event per account and window. */
export function refusedAuthorization({ decide, now, newId }: RecordNeeds) {
  const window = foldedWindow<AccountId, Window>(joined)
  return {
    count: (refused: RefusedRequest) => window.add(refused.accountId, windowOf(refused, now())),

    record: () => {
      const correlationId = newId()
      return window.record((accountId, { kinds, ...counted }) => {
        const command = { type: 'recordRefusals' as const, ...counted, refusals: [...kinds.values()], at: now() }
        return decide(streams.access(accountId), command, metadataOf({ correlationId }, accountId))
      })
    },
  }
}
