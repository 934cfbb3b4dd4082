/** A time is ISO 8601. */
type Plain = string | number | boolean | null

/** One field, named by its path: `roles.editor`, `sessions.<id>.elevatedUntil`. */
export type MomentChange = {
  readonly change: 'added' | 'removed' | 'changed'
  readonly field: string
  readonly before: Plain
  readonly after: Plain
}

/** Where it is and when it was looked at is no part of the state. */
const beside = new Set(['time', 'position', 'isWhole'])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const fieldsOf = (value: unknown, path: readonly string[]): readonly (readonly [string, Plain])[] => {
  if (Array.isArray(value)) return value.flatMap((item) => itemOf(item, path))
  if (!isObject(value)) return [[path.join('.'), value as Plain]]
  const entries = Object.entries(value)
  return entries.flatMap(([name, inner]) => (path.length === 0 && beside.has(name) ? [] : fieldsOf(inner, [...path, name])))
}

const itemOf = (item: unknown, path: readonly string[]): readonly (readonly [string, Plain])[] => {
  if (!isObject(item)) return [[[...path, String(item)].join('.'), true]]
  const { id, ...rest } = item
  return fieldsOf(rest, [...path, String(id)])
}

/** Both as JSON. Whatever has an id is compared with what has the same one. */
export function compareMoments(before: object, after: object): readonly MomentChange[] {
  const [old, now] = [new Map(fieldsOf(before, [])), new Map(fieldsOf(after, []))]
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((field): MomentChange[] => {
    const [was, is] = [old.get(field), now.get(field)]
    if (was === undefined) return [{ change: 'added', field, before: null, after: is ?? null }]
    if (is === undefined) return [{ change: 'removed', field, before: was, after: null }]
    return was === is ? [] : [{ change: 'changed', field, before: was, after: is }]
  })
}
