import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

type Shape<Required extends t.Props, Optional extends t.Props> = { readonly [K in keyof Required]: t.TypeOf<Required[K]> } & {
  readonly [K in keyof Optional]?: t.TypeOf<Optional[K]>
}

export type StrictObject<Required extends t.Props, Optional extends t.Props> = t.Type<Shape<Required, Optional>, unknown> & {
  readonly _tag: 'Exact'
  readonly required: Required
  readonly optional: Optional
}

const isPlainObject = (u: unknown): u is Record<string, unknown> => typeof u === 'object' && u !== null && !Array.isArray(u)

/** Refuses unknown properties, which `t.strict` drops. Their names are not in the error, because the caller chose them. */
export function strictObject<Required extends t.Props, Optional extends t.Props = Record<never, never>>(
  required: Required,
  optional: Optional = {} as Optional,
  name = 'an object',
): StrictObject<Required, Optional> {
  const all: t.Props = { ...required, ...optional }
  const keys = Object.keys(all)
  const isAllowed = (u: Record<string, unknown>) => Object.keys(u).every((key) => Object.hasOwn(all, key))
  const isPresent = (u: Record<string, unknown>, key: string) => Object.hasOwn(required, key) || Object.hasOwn(u, key)

  const validate = (u: Record<string, unknown>, context: t.Context) => {
    const errors: t.Errors = isAllowed(u) ? [] : [{ value: u, context, message: 'no other properties' }]
    const decoded: Record<string, unknown> = {}
    for (const key of keys.filter((key) => isPresent(u, key))) {
      const type = all[key] as t.Any
      const value = Object.hasOwn(u, key) ? u[key] : undefined
      const result = type.validate(value, t.appendContext(context, key, type, value))
      if (isLeft(result)) errors.push(...result.left)
      else decoded[key] = result.right
    }
    return errors.length > 0 ? t.failures<Shape<Required, Optional>>(errors) : t.success(decoded as Shape<Required, Optional>)
  }

  const encode = (value: Shape<Required, Optional>): unknown => {
    const encoded: Record<string, unknown> = {}
    for (const key of keys) {
      const property = (value as Record<string, unknown>)[key]
      if (property !== undefined) encoded[key] = (all[key] as t.Any).encode(property)
    }
    return encoded
  }

  const codec = new t.Type<Shape<Required, Optional>, unknown>(
    name,
    (u): u is Shape<Required, Optional> =>
      isPlainObject(u) && isAllowed(u) && keys.every((key) => !isPresent(u, key) || (all[key] as t.Any).is(u[key])),
    (u, context) => (isPlainObject(u) ? validate(u, context) : t.failure(u, context)),
    encode,
  )
  return Object.assign(codec, { _tag: 'Exact' as const, required, optional })
}
