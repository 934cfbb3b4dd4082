import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { pagePaths } from '../../api/pages/pages.ts'
import { suiteServer } from '../support/server/suite-server.ts'
import { read } from './read-compose.ts'

/** For whoever runs the service, and the front page, which is that of the back end. */
const notForClients = /^\/(health\/.*|metrics|openapi\.json|docs)?$/

const names = ['X-Gatebook-Account', 'X-Gatebook-Email', 'X-Gatebook-Email-Verified', 'X-Gatebook-Roles', 'X-Gatebook-Elevated-Until']

const spellings = (name: string): string[] => {
  const [first = '', ...rest] = name.split('-')
  return rest.reduce((begun, part) => begun.flatMap((text) => [`${text}-${part}`, `${text}_${part}`]), [first])
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const traefik = parse(read('deploy/traefik.yaml')).http

const page = read('docs/reverse-proxy.md')

/** Which paths each of them hands to Gatebook. */
const proxies: Readonly<Record<string, (path: string) => boolean>> = {
  'deploy/nginx.conf': (path) => new RegExp(/location ~ (\S+) \{/.exec(read('deploy/nginx.conf'))?.[1] ?? '(?!)').test(path),
  'deploy/traefik.yaml': (path) => {
    const rule: string = traefik.routers.gatebook.rule
    const exact = [...rule.matchAll(/Path\(`([^`]+)`\)/g)].map(([, one]) => one)
    const prefixes = [...rule.matchAll(/PathPrefix\(`([^`]+)`\)/g)].map(([, one = '']) => one)
    return exact.includes(path) || prefixes.some((prefix) => path.startsWith(prefix))
  },
  'the snippet for Caddy': (path) => {
    const matchers = /@gatebook path (.*)/.exec(page)?.[1]?.split(' ') ?? []
    return matchers.some((one) => new RegExp(`^${escaped(one).replace('\\*', '.*')}$`).test(path))
  },
}

describe.each(Object.entries(proxies))('%s', async (_, leadsToGatebook) => {
  const { app } = await suiteServer()

  test('hands every page and call to Gatebook, and no other path', async () => {
    const { paths } = (await app.get('/openapi.json')).body as { readonly paths: object }
    const ours = [...Object.keys(paths), ...pagePaths, '/logo', '/assets/*', '/.well-known/change-password']
      .filter((path) => !notForClients.test(path))
      .map((path) => path.replaceAll(/\{\w+\}|\*/g, 'x'))
    expect(ours.length).toBeGreaterThan(60)
    expect(ours.filter((path) => !leadsToGatebook(path))).toEqual([])
    const others = ['/', '/orders', '/accounting', '/administration', '/loginx', '/login/x', '/api/10/x', '/api/1x', '/logos', '/metrics']
    expect(others.filter(leadsToGatebook)).toEqual([])
  })
})

test('Traefik removes each spelling with hyphens and underscores before it asks', () => {
  const { customRequestHeaders } = traefik.middlewares['no-forged-headers'].headers
  const expected = [...names, 'Gatebook-Service-Token'].flatMap(spellings)
  expect(expected).toHaveLength(32)
  expect(customRequestHeaders).toEqual(Object.fromEntries(expected.map((name) => [name, ''])))
  expect(traefik.routers.backend.middlewares).toEqual(['no-forged-headers', 'gatebook'])
  expect(traefik.middlewares.gatebook.forwardAuth.authResponseHeaders).toEqual(names)
  expect(page).toContain('aliasHeadersStrategy: delete')
})

test('Caddy removes each header with the name in it before it asks', () => {
  const snippet = page.slice(page.indexOf('```caddyfile'))
  const [removal, asking] = [snippet.indexOf('request_header -*Gatebook*'), snippet.indexOf('forward_auth')]
  expect([removal > 0, removal < asking]).toEqual([true, true])
  expect(snippet).toContain(`copy_headers ${names.join(' ')}\n`)
})
