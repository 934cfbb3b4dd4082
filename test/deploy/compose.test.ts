import { randomBytes } from 'node:crypto'
import { isRight, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../infrastructure/configuration/read-config.ts'
import type { Variable } from '../../infrastructure/configuration/readers.ts'
import { variables } from '../../infrastructure/configuration/variables.ts'
import { checkConnectionString } from '../../infrastructure/event-store/eventstoredb/connection-string.ts'
import { imageEnvironment, interpolated, nodes, read, service } from './read-compose.ts'

/** A filled-in .env.example. */
const given = {
  PUBLIC_ORIGIN: 'https://login.example.org',
  MASTER_KEY: randomBytes(32).toString('base64'),
  SETUP_TOKEN: randomBytes(24).toString('hex'),
  EVENTSTOREDB_PASSWORD: randomBytes(24).toString('hex'),
  EVENTSTOREDB_ADMIN_PASSWORD: randomBytes(24).toString('hex'),
}

const environmentOf = (name: string) =>
  Object.fromEntries(Object.entries(service(name).environment ?? {}).map(([variable, value]) => [variable, interpolated(value, given)]))

const known: Readonly<Record<string, Variable<unknown> | undefined>> = variables
const names = nodes().map(([name]) => name)
const caddyfile = read('deploy/Caddyfile')
const storeUser = read('deploy/store-user.sh')

describe('compose.cluster.yaml', () => {
  test('runs two nodes of one image, which is built once', () => {
    expect(names).toEqual(['gatebook-1', 'gatebook-2'])
    expect(nodes().filter(([, { build }]) => build !== undefined)).toHaveLength(1)
  })

  test.each(names)('gives %s a configuration that it starts with, and no variable that it does not know', (name) => {
    const environment = environmentOf(name)
    expect(Object.keys(environment).filter((variable) => known[variable] === undefined)).toEqual([])
    const config = readConfig({ ...imageEnvironment(), ...environment })
    expect(isRight(config) ? [] : config.left).toEqual([])
    expect(config).toMatchObject(right({ EVENT_STORE: 'eventstoredb', NODE_ENV: 'production', HOST: '0.0.0.0', PORT: 1984 }))
  })

  test('configures all nodes alike, each with a data directory of its own', () => {
    const environments = nodes().map(([, { environment }]) => environment)
    expect(new Set(environments.map((environment) => JSON.stringify(environment))).size).toBe(1)
    const dataDirs = nodes().map(([, { volumes = [] }]) => volumes.find((volume) => volume.endsWith(':/data')))
    expect(new Set(dataDirs).size).toBe(names.length)
    expect(dataDirs).not.toContain(undefined)
  })

  test('holds no secret', () => {
    const fromOutside = /^\$\{\w+:\?[^}]*\}$/
    const ofNodes = nodes().flatMap(([, { environment = {} }]) => Object.entries(environment))
    const secrets = ofNodes.filter(([variable]) => known[variable]?.isSecret === true)
    const withinUrl = (value: string) => /^esdb:\/\/[a-z]+:(.+)@/.exec(value)?.[1] ?? value
    const ofStore = Object.entries(service('eventstoredb').environment ?? {}).filter(([variable]) => variable.endsWith('PASSWORD'))
    expect(secrets.map(([variable]) => variable)).toEqual(expect.arrayContaining(['EVENTSTOREDB_URL', 'MASTER_KEY', 'SETUP_TOKEN']))
    expect(ofStore).toHaveLength(2)
    expect([...secrets, ...ofStore].filter(([, value]) => !fromOutside.test(withinUrl(value)))).toEqual([])
  })

  test('asks for what .env.example shows, and for nothing else', () => {
    const asked = [...read('compose.cluster.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name)
    const shown = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name)
    expect([...new Set(asked)].toSorted()).toEqual(shown.toSorted())
    expect(Object.keys(given).toSorted()).toEqual(shown.toSorted())
  })

  test('reaches the store over TLS, with the certificate that is made for its name', () => {
    const url = environmentOf('gatebook-1').EVENTSTOREDB_URL ?? ''
    expect(checkConnectionString(url, false)).toEqual(right(url))
    expect(new URL(url.replace('esdb:', 'https:')).hostname).toBe('eventstoredb')
    expect(JSON.stringify(service('certificates'))).toContain('-dns-names eventstoredb,')
    expect(Object.keys(service('eventstoredb').environment ?? {})).not.toContain('EVENTSTORE_INSECURE')
  })

  test('makes certificates that were begun and not finished anew, and leaves finished ones alone', () => {
    const steps =
      service('certificates')
        .command?.[1]?.split(/;|&&/)
        .map((step) => step.trim()) ?? []
    expect(steps.slice(0, 3)).toEqual(['test -f /certs/node/node.key', 'test ! -e /certs/ca/ca.key', 'exit 0'])
    expect(steps[3]).toBe('rm -rf /certs/node /certs/ca')
    expect(steps.at(-1)).toBe('rm /certs/ca/ca.key')
  })

  test('gives the nodes a user of the store that is no administrator, and starts them when it is there', () => {
    const url = new URL((environmentOf('gatebook-1').EVENTSTOREDB_URL ?? '').replace('esdb:', 'https:'))
    const [made] = /\{ "loginName": .*\}/.exec(storeUser) ?? []
    expect(JSON.parse(made ?? '')).toMatchObject({ loginName: url.username, groups: ['gatebook'], password: '$NODE_PASSWORD' })
    expect(environmentOf('store-user')).toMatchObject({ NODE_PASSWORD: url.password, ADMIN_PASSWORD: given.EVENTSTOREDB_ADMIN_PASSWORD })
    for (const name of names) {
      expect(service(name).depends_on).toEqual({ 'store-user': { condition: 'service_completed_successfully' } })
      expect(Object.values(environmentOf(name)).join()).not.toContain(given.EVENTSTOREDB_ADMIN_PASSWORD)
    }
  })

  test('lets that user do what docs/cluster.md says, and no more', () => {
    const rule = (text: string) => JSON.parse(/^\{\n {2}"\$userStreamAcl"[\s\S]*?^\}/m.exec(text)?.[0] ?? '')
    expect(rule(storeUser)).toEqual(rule(read('docs/cluster.md')))
  })

  test('has the nodes believe their proxy, and nobody else, about addresses', () => {
    const { networks } = service('proxy')
    const address = networks !== undefined && 'inside' in networks ? networks.inside?.ipv4_address : undefined
    expect(environmentOf('gatebook-1').TRUSTED_PROXIES).toBe(address)
  })
})

describe('the proxy', () => {
  test('sends to every node that says that it is ready', () => {
    expect(/reverse_proxy (.*) \{/.exec(caddyfile)?.[1]).toBe(names.map((name) => `${name}:${imageEnvironment().PORT}`).join(' '))
    expect(caddyfile).toContain('health_uri /health/ready')
  })

  test('turns to the other node before it gives up, also when a node is silent instead of refusing', () => {
    const seconds = (option: string) => Number(new RegExp(`^\\s*${option} (\\d+)s$`, 'm').exec(caddyfile)?.[1])
    expect(seconds('dial_timeout')).toBeLessThan(seconds('lb_try_duration'))
    expect(seconds('fail_duration')).toBeGreaterThanOrEqual(1)
    expect(seconds('response_header_timeout')).toBeGreaterThan(15)
  })

  test('changes no header, so that the position of the log goes through', () =>
    expect(caddyfile).not.toMatch(/^\s*(header|header_up|header_down|request_header|trusted_proxies)\b/m))

  test('keeps metrics and health to the inside', () =>
    expect(caddyfile).toMatch(/@operations path \/metrics \/health \/health\/\*\n\s+respond @operations 404/))
})

describe('the image', () => {
  const dockerfile = read('Dockerfile')

  test('runs as a user that is not root, on the port of the documentation', () => {
    expect(/^USER (.*)$/m.exec(dockerfile)?.[1]).toBe('10001:10001')
    expect(/^EXPOSE (.*)$/m.exec(dockerfile)?.[1]).toBe('1984')
  })

  test('is built from all that the build compiles, and from nothing that may hold a secret', () => {
    const taken = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '')
    const compiled: string[] = JSON.parse(read('tsconfig.build.json')).include
    expect(compiled.filter((folder) => !taken.includes(`!${folder}`))).toEqual([])
    expect(taken[0]).toBe('*')
    expect(taken.filter((line) => /env|data|git|test$/.test(line))).toEqual([])
  })
})
