import { documentedCalls, type OpenApiDocument } from '../../../api/openapi/document.ts'
import { problemMediaType } from '../../../api/problems.ts'
import type { Answer } from './client.ts'

type ProblemContent = {
  readonly schema: { readonly allOf: readonly [unknown, { readonly properties: { readonly code: { readonly enum: readonly string[] } } }] }
}

/** The problem codes that each call of the document declares. */
const declarations = (document: OpenApiDocument) =>
  documentedCalls(document).map(({ method, url }) => {
    const path = url.replaceAll(/:([A-Za-z]+)/g, '{$1}')
    const responses = document.paths[path]?.[method.toLowerCase()]?.responses ?? {}
    const codes = Object.values(responses).flatMap(({ content }) => {
      const problem = content?.[problemMediaType] as ProblemContent | undefined
      return problem === undefined ? [] : problem.schema.allOf[1].properties.code.enum
    })
    return { method, url, codes, matches: new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[A-Za-z]+/g, '[^/]+')}$`) }
  })

/** Throws when a call returns a problem that the document does not declare for it. Calls without a route are ignored. */
export const declaredOnly = (document: OpenApiDocument) => {
  const calls = declarations(document)
  return (method: string, url: string, { status, body }: Answer) => {
    if (status < 400 || typeof body?.code !== 'string') return
    const [target = ''] = url.split('?')
    const called = calls.find((call) => call.method === (method === 'HEAD' ? 'GET' : method) && call.matches.test(target))
    if (called !== undefined && !called.codes.includes(body.code)) {
      throw new Error(`${called.method} ${called.url} answered ${body.code}, which it does not declare`)
    }
  }
}
