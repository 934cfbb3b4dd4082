import type * as t from 'io-ts'
import { type Fields, type Shape, shapeOf } from '../codecs/codec-shape.ts'
import type { JsonSchema } from '../codecs/json-schema.ts'

const objectSchema = (required: Fields, optional: Fields, isClosed: boolean): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries({ ...required, ...optional }).map(([name, shape]) => [name, schemaOfShape(shape)])),
  ...(Object.keys(required).length > 0 ? { required: Object.keys(required) } : {}),
  ...(isClosed ? { additionalProperties: false } : {}),
})

const schemaOfShape = (shape: Shape): JsonSchema => {
  switch (shape.type) {
    case 'annotated':
    case 'primitive':
      return shape.schema
    case 'opaque':
      throw new Error(`no JSON Schema is known for the codec ${shape.name}: annotate it`)
    case 'refinement':
      return schemaOfShape(shape.of)
    case 'literal':
      return { const: shape.value }
    case 'words':
      return { type: 'string', enum: shape.words }
    case 'one_of':
      return { anyOf: shape.shapes.map(schemaOfShape) }
    case 'all_of':
      return { allOf: shape.shapes.map(schemaOfShape) }
    case 'list':
      return { type: 'array', items: schemaOfShape(shape.of) }
    case 'dictionary':
      return { type: 'object', additionalProperties: schemaOfShape(shape.of) }
    case 'fields':
      return objectSchema(shape.required, shape.optional, shape.isClosed)
  }
}

/** Throws for a codec that neither shows its structure nor is annotated. */
export function schemaOf(codec: t.Any): JsonSchema {
  return schemaOfShape(shapeOf(codec))
}
