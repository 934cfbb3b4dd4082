import type { FastifyInstance } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import { parseStrictJson } from './strict-json.ts'

const malformedBody = () => Object.assign(new Error('malformed body'), { statusCode: 400, code: 'MALFORMED_BODY' })

export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, octets, done) => {
    if (octets.length === 0) return done(null, undefined)
    const parsed = parseStrictJson(octets as Buffer)
    if (isLeft(parsed)) done(malformedBody())
    else done(null, parsed.right)
  })
}
