import type { JsonSchema } from '../codecs/json-schema.ts'
import { problems } from '../problems.ts'

const text = { type: 'string' }

export const problemSchema: JsonSchema = {
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri' },
    title: text,
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    detail: text,
    reason: text,
    retryAfter: { type: 'integer', minimum: 1, description: 'Whole seconds; equals the Retry-After header' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: text, expected: text }, required: ['path', 'expected'], additionalProperties: false },
    },
  },
  required: ['type', 'title', 'status', 'code'],
  additionalProperties: false,
}
