import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { imageManifest } from '../../scripts/containers/image-manifest.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

test('an image has what the server takes from a host elsewhere, in the versions of the lock file', () => {
  const { dependencies, devDependencies } = imageManifest(manifest)
  const peers = Object.keys(manifest.peerDependencies).filter((name) => name !== 'react')
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const added = Object.keys(dependencies).filter((name) => !(name in manifest.dependencies))
  expect(added.toSorted()).toEqual(peers.toSorted())
  for (const name of peers) {
    expect(dependencies[name]).toBe(packages[`node_modules/${name}`].version)
    expect(devDependencies).not.toHaveProperty([name])
  }
})

test('a manifest without one of them is refused', () => {
  const { fastify: _, ...devDependencies } = manifest.devDependencies
  expect(() => imageManifest({ ...manifest, devDependencies })).toThrow('fastify')
})
