/** An entry of an export, or what the log has in its place. */
export type Entry = Readonly<Record<string, unknown>> & { readonly receipt: string }

/** `unreadable`: fields that can no longer be decrypted. */
export type RecordedEntry = { readonly position: number; readonly entry: Entry; readonly unreadable: readonly string[] }

/** `entry` counts from 1; `after` is 0 for what is missing before the first one. Positions are those of the log. */
export type HistoryFinding =
  | { readonly type: 'invented' | 'repeated'; readonly entry: number }
  | { readonly type: 'reordered'; readonly entry: number; readonly position: number }
  | { readonly type: 'changed'; readonly entry: number; readonly position: number; readonly fields: readonly string[] }
  | { readonly type: 'missing'; readonly after: number; readonly position: number }

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  ) ?? ''

const changedFields = (told: Entry, { entry, unreadable }: RecordedEntry): readonly string[] =>
  [...new Set([...Object.keys(told), ...Object.keys(entry)])].filter(
    (field) => !unreadable.includes(field) && canonical(told[field]) !== canonical(entry[field]),
  )

type Place = number

/** By place in what was recorded: the number of the entry that names it first. */
type Named = ReadonlyMap<Place, number>

const compareNamed = (told: readonly Entry[], recorded: readonly RecordedEntry[]) => {
  const places = new Map(recorded.map(({ entry }, place) => [entry.receipt, place]))
  const named = new Map<Place, number>()
  let furthest: Place = -1
  const findingsOf = (entry: Entry, number: number): readonly HistoryFinding[] => {
    const place = places.get(entry.receipt)
    const of = place === undefined ? undefined : recorded[place]
    if (place === undefined || of === undefined) return [{ type: 'invented', entry: number }]
    if (named.has(place)) return [{ type: 'repeated', entry: number }]
    const isBehind = place < furthest
    const fields = changedFields(entry, of)
    const where = { entry: number, position: of.position }
    named.set(place, number)
    furthest = Math.max(furthest, place)
    return [
      ...(isBehind ? [{ type: 'reordered' as const, ...where }] : []),
      ...(fields.length > 0 ? [{ type: 'changed' as const, ...where, fields }] : []),
    ]
  }
  const findings = told.flatMap((entry, index) => findingsOf(entry, index + 1))
  return { findings, named: named as Named, furthest }
}

/**
 * Compares the history of an export with all that the log has of the person, both oldest first. Of what was recorded, everything up to
 * the last entry that is named must be there, and up to `through`, the position of the export's own event.
 */
export function compareHistory(told: readonly Entry[], recorded: readonly RecordedEntry[], through: number): readonly HistoryFinding[] {
  const { findings, named, furthest } = compareNamed(told, recorded)
  let after = 0
  const missing = recorded.flatMap(({ position }, place): readonly HistoryFinding[] => {
    after = named.get(place) ?? after
    return named.has(place) || (place > furthest && position > through) ? [] : [{ type: 'missing', after, position }]
  })
  return [...findings, ...missing]
}
