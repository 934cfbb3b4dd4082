import type * as t from 'io-ts'
import { annotationOf, type JsonSchema } from './json-schema.ts'

export type Shape = { readonly name: string } & (
  | { readonly type: 'annotated'; readonly schema: JsonSchema }
  /** Shows no structure: a codec that is not made of io-ts combinators. */
  | { readonly type: 'opaque' }
  | { readonly type: 'primitive'; readonly schema: JsonSchema }
  | { readonly type: 'refinement'; readonly of: Shape }
  | { readonly type: 'literal'; readonly value: unknown }
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'one_of' | 'all_of'; readonly shapes: readonly Shape[] }
  | { readonly type: 'list' | 'dictionary'; readonly of: Shape }
  | { readonly type: 'fields'; readonly required: Fields; readonly optional: Fields; readonly isClosed: boolean }
)

export type Fields = Readonly<Record<string, Shape>>

type Tagged = t.Any & {
  readonly _tag?: string
  readonly type: t.Any
  readonly types: readonly t.Any[]
  readonly codomain: t.Any
  readonly props: t.Props
  readonly required: t.Props
  readonly optional: t.Props
  readonly keys: object
  readonly value: unknown
}

const fieldsOf = (props: t.Props): Fields => Object.fromEntries(Object.entries(props).map(([name, codec]) => [name, shapeOf(codec)]))

const closed = (shape: Shape): Shape => (shape.type === 'fields' ? { ...shape, isClosed: true } : shape)

export function shapeOf(codec: t.Any): Shape {
  const { name } = codec
  const schema = annotationOf(codec)
  if (schema !== undefined) return { name, type: 'annotated', schema }
  const tagged = codec as Tagged
  switch (tagged._tag) {
    case undefined:
      return { name, type: 'opaque' }
    case 'StringType':
    case 'NumberType':
    case 'BooleanType':
    case 'NullType':
      return { name, type: 'primitive', schema: { type: tagged._tag.replace('Type', '').toLowerCase() } }
    case 'UnknownType':
      return { name, type: 'primitive', schema: {} }
    case 'RefinementType':
      return { name, type: 'refinement', of: shapeOf(tagged.type) }
    case 'ReadonlyType':
      return shapeOf(tagged.type)
    case 'ExactType':
      return closed(shapeOf(tagged.type))
    case 'LiteralType':
      return { name, type: 'literal', value: tagged.value }
    case 'KeyofType':
      return { name, type: 'words', words: Object.keys(tagged.keys) }
    case 'UnionType':
      return { name, type: 'one_of', shapes: tagged.types.map(shapeOf) }
    case 'IntersectionType':
      return { name, type: 'all_of', shapes: tagged.types.map(shapeOf) }
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { name, type: 'list', of: shapeOf(tagged.type) }
    case 'DictionaryType':
      return { name, type: 'dictionary', of: shapeOf(tagged.codomain) }
    case 'InterfaceType':
      return { name, type: 'fields', required: fieldsOf(tagged.props), optional: {}, isClosed: false }
    case 'PartialType':
      return { name, type: 'fields', required: {}, optional: fieldsOf(tagged.props), isClosed: false }
    case 'Exact':
      return { name, type: 'fields', required: fieldsOf(tagged.required), optional: fieldsOf(tagged.optional), isClosed: true }
    default:
      throw new Error(`api/codecs/codec-shape.ts does not know ${tagged._tag} (${name})`)
  }
}
