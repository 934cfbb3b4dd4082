import type * as t from 'io-ts'

/** JSON Schema 2020-12, as far as a codec can say it. */
export type JsonSchema = { readonly [keyword: string]: unknown }

const known = new WeakMap<t.Any, JsonSchema>()

/** What OpenAPI says of a codec that does not show its shape (refinements, own codecs). */
export function annotate<C extends t.Any>(codec: C, schema: JsonSchema): C {
  known.set(codec, schema)
  return codec
}

export function annotationOf(codec: t.Any): JsonSchema | undefined {
  return known.get(codec)
}
