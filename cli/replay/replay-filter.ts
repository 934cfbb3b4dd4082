import { InvalidArgumentError } from 'commander'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { catalogue } from '../../domain/catalogue.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { idInStream } from '../../domain/kernel/streams.ts'

/** `since` and `to`: ISO 8601, compared with the time of recording. */
export type ReplayFilter = {
  readonly from?: number | undefined
  readonly type?: readonly string[] | undefined
  readonly account?: string | undefined
  readonly since?: string | undefined
  readonly to?: string | undefined
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** For a duration, so long ago. */
export function readTime(text: string): string {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const at = unit !== undefined ? Date.now() - Number(count) * units[unit as keyof typeof units] : isDate ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at))
    throw new InvalidArgumentError('expected a time such as 2026-06-01T12:00:00Z or 2026-06-01, or a duration such as 2h, 30m or 7d')
  return new Date(at).toISOString()
}

const types: ReadonlySet<string> = new Set(Object.values(catalogue).flatMap((events) => events.map(({ type }) => type)))

export function readType(text: string, before: readonly string[] = []): readonly string[] {
  if (!types.has(text)) throw new InvalidArgumentError('expected the type of an event, such as LoginLocked: see docs/events.md')
  return [...before, text]
}

export function readAccount(text: string): string {
  if (!AccountId.is(text)) throw new InvalidArgumentError('expected the id of an account')
  return text
}

const accountIn = (data: unknown) => (typeof data === 'object' && data !== null && 'accountId' in data ? data.accountId : undefined)

/** Streams of sessions and logins name the account in their first events, so it must be asked about every event from the first one on. */
const belongsTo = (account: string) => {
  const streams = new Set<string>()
  return ({ stream, data }: RecordedEvent) => {
    if (idInStream(stream) === account || streams.has(stream)) return true
    if (accountIn(data) !== account) return false
    streams.add(stream)
    return true
  }
}

export function replayFilter({ from = 0, type, account, since = '', to }: ReplayFilter) {
  const wanted = type && new Set(type)
  const isOfAccount = account === undefined ? () => true : belongsTo(account)
  return {
    wants: (event: RecordedEvent) =>
      isOfAccount(event) && event.position >= from && (wanted === undefined || wanted.has(event.type)) && event.recordedAt >= since,
    isPast: ({ recordedAt }: Pick<RecordedEvent, 'recordedAt'>) => to !== undefined && recordedAt > to,
  }
}
