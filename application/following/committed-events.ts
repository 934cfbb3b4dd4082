import type { AccountId } from '../../domain/kernel/ids.ts'
import type { RecordedEvent } from '../ports/event-store.ts'

export type CommittedEvent = { readonly account: AccountId | null; readonly recorded: RecordedEvent }

type Filter = {
  readonly after: number
  readonly through: number
  readonly limit: number
  /** Events of other types count toward the limit, but are not read. */
  readonly isWanted: (type: string) => boolean
}

/** Both positions of the filter and that of the page are inclusive at their end: the page holds what is wanted after `after` up to its `through`. */
export type CommittedPage = { readonly events: readonly CommittedEvent[]; readonly count: number; readonly through: number }

/** In log order, from the read models of this process. */
export type CommittedEvents = {
  readonly page: (filter: Filter) => CommittedPage
  readonly idAt: (position: number) => string | undefined
}
