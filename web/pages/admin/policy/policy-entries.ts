import type { AnswerOf } from '../../../client/result.ts'

export type PolicyEntry = AnswerOf<'GET /admin/policy'>['policy'][number]
type PolicyValue = PolicyEntry['value']

/** What is not set has its default, whatever words describe that. */
export function isChanged({ value, default: usual }: PolicyEntry): boolean {
  return value !== null && JSON.stringify(value) !== JSON.stringify(usual)
}

/** Finds entries in which each word of the search occurs. */
export function matching(entries: readonly PolicyEntry[], search: string, onlyChanged: boolean): readonly PolicyEntry[] {
  const words = search.toLowerCase().split(/\s+/)
  return entries.filter((entry) => {
    const text = [entry.variable, entry.section, entry.description, textOfValue(entry.value)].join(' ').toLowerCase()
    return (!onlyChanged || isChanged(entry)) && words.every((word) => text.includes(word))
  })
}

const textOfValue = (value: PolicyValue) => (Array.isArray(value) ? value.join(' ') : String(value ?? ''))

export function bySection(entries: readonly PolicyEntry[]): readonly (readonly [string, readonly PolicyEntry[]])[] {
  return [...Map.groupBy(entries, ({ section }) => section)]
}
