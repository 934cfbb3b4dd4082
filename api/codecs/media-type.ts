import type { FastifyRequest } from 'fastify'

const json = 'application/json'

export const octetStream = 'application/octet-stream'

/** `OWS ";" OWS [ parameter ]` of RFC 9110, 5.6.6, with a token or a quoted string as its value. */
const parameter =
  /[ \t]*;[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:([\w!#$%&'*+.^`|~-]+)|"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*)"))?/y

const isUtf8 = (name: string, value: string) => name.toLowerCase() === 'charset' && value.toLowerCase() === 'utf-8'

/** Only `charset=utf-8` may follow: a type that is almost right has been used to get around validation. */
export function isJsonType(type: string): boolean {
  if (type === json) return true
  if (type.slice(0, json.length).toLowerCase() !== json) return false
  parameter.lastIndex = json.length
  while (parameter.lastIndex < type.length) {
    const [, name, token, quoted = ''] = parameter.exec(type) ?? []
    if (parameter.lastIndex === 0) return false
    if (name !== undefined && !isUtf8(name, token ?? quoted.replaceAll(/\\(.)/g, '$1'))) return false
  }
  return true
}

/** In HTTP/2 a body needs no length, and the head says whether it is all there is. */
const endsWithHead = (raw: FastifyRequest['raw'] & { readonly stream?: { readonly endAfterHeaders?: boolean } }) =>
  raw.httpVersionMajor === 1 || raw.stream?.endAfterHeaders === true

const isEmpty = ({ headers, raw }: FastifyRequest) =>
  headers['transfer-encoding'] === undefined &&
  (headers['content-length'] === undefined ? endsWithHead(raw) : Number(headers['content-length']) === 0)

/** Leaves one spelling for Fastify to read, and none for a body that is not there. */
export function acceptsBody(request: FastifyRequest): boolean {
  const { headers } = request
  if (isEmpty(request)) {
    delete headers['content-type']
    return true
  }
  const type = headers['content-type']
  if (type === undefined || headers['content-encoding'] !== undefined || !isJsonType(type)) return false
  headers['content-type'] = json
  return true
}

/** One spelling, which no form can send: a browser asks before it sends it from another site. */
export function acceptsBytes({ headers }: FastifyRequest): boolean {
  return headers['content-type'] === octetStream && headers['content-encoding'] === undefined
}
