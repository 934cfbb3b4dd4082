import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentedCalls, type OpenApiDocument } from '../../../api/openapi/document.ts'
import { pagePaths } from '../../../api/pages/pages.ts'
import { problems } from '../../../api/problems.ts'
import type { Answer } from '../../support/server/client.ts'
import { declaredOnly } from '../../support/server/declared-problems.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

/** Fastify prints its routes as a tree of path prefixes. */
const registered = (tree: string) => {
  const stems: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
    const depth = indent.length / 4
    stems[depth] = (depth === 0 ? '' : (stems[depth - 1] ?? '')) + part
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${stems[depth]}`)
  })
}

/** What a browser asks for: documents and their files, which are no calls. */
const ofPages = new Set([...pagePaths, '/assets/*', '/.well-known/change-password'].map((path) => `GET ${path}`))

describe('the contract that the real server publishes', () => {
  let server: InProcess
  let document: OpenApiDocument
  beforeAll(async () => {
    server = await startTestServer()
    document = (await server.get('/openapi.json')).body
  })
  afterAll(() => server.stop())

  test('is OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(await new Validator().validate(structuredClone<Record<string, unknown>>({ ...document }))).toMatchObject({ valid: true })
  })

  test('has every route that is registered, and no other; HEAD goes with GET', () => {
    const documented = documentedCalls(document).map(({ method, url }) => `${method} ${url}`)
    const routes = registered(server.app.printRoutes()).filter((route) => !route.startsWith('HEAD ') && !ofPages.has(route))
    expect(routes.length).toBeGreaterThan(30)
    expect(routes.toSorted()).toEqual(documented.toSorted())
  })

  test('names each call once, and each of its parameters', () => {
    const operations = Object.entries(document.paths).flatMap(([path, calls]) => Object.values(calls).map((call) => ({ path, ...call })))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { path, parameters = [] } of operations) {
      const named = parameters.flatMap((parameter) => ('in' in parameter && parameter.in === 'path' ? [`{${parameter.name}}`] : []))
      expect(path.match(/\{[A-Za-z]+\}/g) ?? []).toEqual(named)
    }
  })

  test('is held to in every test that calls a server: an undeclared problem is an error', () => {
    const check = declaredOnly(document)
    const answer = (code: keyof typeof problems): Answer => ({ status: problems[code].status, body: { code }, text: '', headers: {} })
    check('POST', '/api/1/login', answer('LOCKED_OUT'))
    check('DELETE', '/api/1/sessions/42?x=1', answer('NOT_FOUND'))
    expect(() => check('POST', '/api/1/login', answer('EMAIL_TAKEN'))).toThrow('POST /api/1/login answered EMAIL_TAKEN')
    expect(() => check('DELETE', '/api/1/sessions/42', answer('LOCKED_OUT'))).toThrow('DELETE /api/1/sessions/:id')
  })
})
