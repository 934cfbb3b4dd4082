import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nodeProblem } from '../../infrastructure/runtime/node-problem.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const { dependencies, devDependencies, peerDependencies, peerDependenciesMeta } = manifest

describe('package.json', () => {
  test('lets nobody install a second Node, gRPC or a second Fastify', () => {
    for (const name of ['node', 'fastify', '@eventstore/db-client', '@grpc/grpc-js']) expect(dependencies).not.toHaveProperty([name])
    expect(peerDependenciesMeta['@eventstore/db-client']).toEqual({ optional: true })
    expect(peerDependenciesMeta).not.toHaveProperty('fastify')
  })

  test('names the one version of the EventStoreDB client that the code accepts', () => {
    const source = readFileSync('infrastructure/event-store/eventstoredb/load-client.ts', 'utf8')
    const [, needed] = /neededVersion = '([\d.]+)'/.exec(source) ?? []
    expect([peerDependencies['@eventstore/db-client'], devDependencies['@eventstore/db-client']]).toEqual([needed, needed])
  })

  test('can be published, to everybody', () => {
    expect(manifest).not.toHaveProperty('private')
    expect(manifest.publishConfig).toEqual({ access: 'public' })
  })

  test('bundles argon2 and bcrypt, whose scripts for the installation a package manager would ask about', () => {
    expect(manifest.bundleDependencies).toEqual(['argon2', 'bcrypt'])
    for (const name of manifest.bundleDependencies)
      for (const platform of ['linux-x64', 'linux-arm64', 'darwin-arm64'])
        expect(existsSync(`node_modules/${name}/prebuilds/${platform}`), `${name} ${platform}`).toBe(true)
  })
})

describe('the oldest Node', () => {
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node) ?? []

  test('is that of engines', () => {
    expect(nodeProblem(`${major}.${minor}.0`)).toBeUndefined()
    expect(nodeProblem(`${major}.${Number(minor) - 1}.9`)).toContain(`Gatebook needs Node ${major}.${minor} or newer`)
  })

  test.each(['10.24.1', '18.20.8', '20.20.2', '21.7.3', '22.18.0', '22.9.0'])('is newer than %s', (version) => {
    expect(nodeProblem(version)).toBe(`Gatebook needs Node ${major}.${minor} or newer, and this is Node ${version}.`)
  })

  test.each(['22.19.0', '22.100.1', '23.0.0', '24.0.0', '24.21.0', '26.1.0-nightly', '100.0.0'])('is not newer than %s', (version) => {
    expect(nodeProblem(version)).toBeUndefined()
  })
})
