import type * as t from 'io-ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

const known = new WeakMap<t.Any, JsonSchema>()

export function annotate<C extends t.Any>(codec: C, schema: JsonSchema): C {
  known.set(codec, schema)
  return codec
}

export function annotationOf(codec: t.Any): JsonSchema | undefined {
  return known.get(codec)
}
