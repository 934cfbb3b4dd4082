import type * as t from 'io-ts'

/** What an io-ts codec is made of, as far as events use it; a combinator that is not here must be added before an event may use it. */
export type Shape =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'one_of'; readonly shapes: readonly Shape[] }
  | { readonly type: 'list'; readonly of: Shape }
  | { readonly type: 'fields'; readonly fields: Readonly<Record<string, Shape>> }

type Tagged = t.Any & {
  readonly _tag?: string
  readonly type: Tagged
  readonly types: readonly Tagged[]
  readonly props: Readonly<Record<string, Tagged>>
  readonly keys: object
  readonly value: unknown
}

export function shapeOf(codec: t.Any): Shape {
  const tagged = codec as Tagged
  switch (tagged._tag) {
    case 'ExactType':
    case 'ReadonlyType':
      return shapeOf(tagged.type)
    case 'InterfaceType':
      return { type: 'fields', fields: Object.fromEntries(Object.entries(tagged.props).map(([name, field]) => [name, shapeOf(field)])) }
    case 'UnionType':
      return { type: 'one_of', shapes: tagged.types.map(shapeOf) }
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { type: 'list', of: shapeOf(tagged.type) }
    case 'KeyofType':
      return { type: 'words', words: Object.keys(tagged.keys) }
    case 'LiteralType':
      return { type: 'words', words: [String(tagged.value)] }
    case 'StringType':
    case 'NumberType':
    case 'BooleanType':
    case 'NullType':
    case 'RefinementType':
    case undefined:
      return { type: 'name', name: codec.name }
    default:
      throw new Error(`No shape for ${tagged._tag} (${codec.name}): teach scripts/docs/codec-shape.ts to read it.`)
  }
}
