import type * as t from 'io-ts'
import { annotationOf, type JsonSchema } from '../codecs/json-schema.ts'

/** The parts of io-ts codecs that show their shape, by `_tag`. */
type Seen = {
  readonly _tag?: string
  readonly name: string
  readonly value?: unknown
  readonly keys?: Readonly<Record<string, unknown>>
  readonly type?: t.Any
  readonly types?: readonly t.Any[]
  readonly codomain?: t.Any
  readonly props?: t.Props
  readonly required?: t.Props
  readonly optional?: t.Props
}

const propertiesOf = (props: t.Props = {}) => Object.fromEntries(Object.entries(props).map(([key, codec]) => [key, schemaOf(codec)]))

const objectOf = (required: t.Props, optional: t.Props, isClosed: boolean): JsonSchema => ({
  type: 'object',
  properties: propertiesOf({ ...required, ...optional }),
  ...(Object.keys(required).length > 0 ? { required: Object.keys(required) } : {}),
  ...(isClosed ? { additionalProperties: false } : {}),
})

const byTag: Readonly<Record<string, (codec: Seen) => JsonSchema>> = {
  StringType: () => ({ type: 'string' }),
  NumberType: () => ({ type: 'number' }),
  BooleanType: () => ({ type: 'boolean' }),
  NullType: () => ({ type: 'null' }),
  UnknownType: () => ({}),
  LiteralType: ({ value }) => ({ const: value }),
  KeyofType: ({ keys }) => ({ type: 'string', enum: Object.keys(keys ?? {}) }),
  ArrayType: ({ type }) => ({ type: 'array', items: schemaOf(type) }),
  ReadonlyArrayType: ({ type }) => ({ type: 'array', items: schemaOf(type) }),
  ReadonlyType: ({ type }) => schemaOf(type),
  RefinementType: ({ type }) => schemaOf(type),
  DictionaryType: ({ codomain }) => ({ type: 'object', additionalProperties: schemaOf(codomain) }),
  UnionType: ({ types }) => ({ anyOf: (types ?? []).map(schemaOf) }),
  IntersectionType: ({ types }) => ({ allOf: (types ?? []).map(schemaOf) }),
  InterfaceType: ({ props }) => objectOf(props ?? {}, {}, false),
  PartialType: ({ props }) => objectOf({}, props ?? {}, false),
  // An intersection inside cannot be closed: each part would refuse the properties of the other.
  ExactType: ({ type }) => {
    const inner = schemaOf(type)
    return 'properties' in inner ? { ...inner, additionalProperties: false } : inner
  },
  Exact: ({ required, optional }) => objectOf(required ?? {}, optional ?? {}, true),
}

/** The JSON Schema of a codec. One that shows no shape must be annotated; otherwise the contract would be silent about it, so this throws. */
export function schemaOf(codec: t.Any | undefined): JsonSchema {
  if (codec === undefined) throw new Error('a codec without a type inside')
  const annotated = annotationOf(codec)
  if (annotated !== undefined) return annotated
  const seen = codec as unknown as Seen
  const describe = byTag[seen._tag ?? '']
  if (describe === undefined) throw new Error(`no JSON Schema is known for the codec ${seen.name}: annotate it`)
  return describe(seen)
}
