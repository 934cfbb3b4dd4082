import { isSystem } from '../../parts/is-system.ts'
import type { AuditEntry } from './audit-entry.ts'

const filterNames = ['account', 'actor', 'type', 'address', 'session', 'correlation', 'from', 'to', 'order'] as const

export type FilterName = (typeof filterNames)[number]

/** As the API takes it: times are ISO 8601 in UTC. `order` narrows nothing. */
export type AuditFilter = Readonly<Partial<Record<Exclude<FilterName, 'order'>, string>>> & { readonly order?: 'oldest' }

const filterFrom = (read: (name: FilterName) => string): AuditFilter => {
  const given = filterNames.map((name) => [name, read(name)] as const).filter(([, value]) => value !== '')
  const { order, ...filter }: Partial<Record<FilterName, string>> = Object.fromEntries(given)
  return order === 'oldest' ? { ...filter, order } : filter
}

export function filterIn(search: URLSearchParams): AuditFilter {
  return filterFrom((name) => search.get(name) ?? '')
}

/** The fields show the time of the person's own clock, to the minute. `to` counts whole minutes in. */
export function filterOfForm(form: FormData): AuditFilter {
  return filterFrom((name) => {
    const text = String(form.get(name) ?? '').trim()
    if (text === '' || (name !== 'from' && name !== 'to')) return text
    const time = new Date(name === 'to' ? `${text.slice(0, 16)}:59.999` : text)
    return Number.isNaN(time.getTime()) ? text : time.toISOString()
  })
}

/** For a field of the type `datetime-local`. */
export function localMinute(time: string | undefined): string {
  const instant = new Date(time ?? '')
  if (Number.isNaN(instant.getTime())) return ''
  return new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function filterCount({ order: _, ...filter }: AuditFilter): number {
  return Object.keys(filter).length
}

export function isOldestFirst({ order }: AuditFilter): boolean {
  return order === 'oldest'
}

/** Of a file with all entries that pass, oldest first. */
export function exportUrl(baseUrl: string, { order: _, ...filter }: AuditFilter, format: 'csv' | 'ndjson'): string {
  return `${baseUrl}/api/1/audit/export?${new URLSearchParams({ format, ...filter })}`
}

export function auditPath(filter: AuditFilter): string {
  const search = new URLSearchParams(filter).toString()
  return search === '' ? '/admin/audit' : `/admin/audit?${search}`
}

/** Of an entry that arrives live. It shows no network address, so it cannot be filtered by one. */
export function passes({ account, actor, type, session, correlation, from, to }: AuditFilter, entry: AuditEntry): boolean {
  return (
    (account === undefined || account === entry.account) &&
    (actor === undefined || actor === entry.actor || (actor === 'system' && isSystem(entry.actor))) &&
    (type === undefined || type.split(',').includes(entry.type)) &&
    (session === undefined || session === entry.session) &&
    (correlation === undefined || correlation === entry.correlationId) &&
    (from === undefined || from <= entry.at) &&
    (to === undefined || entry.at <= to)
  )
}
