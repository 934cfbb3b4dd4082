import { readFileSync, writeFileSync } from 'node:fs'

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** Peer dependencies that the server uses. */
const peers = ['fastify', '@eventstore/db-client']

/** The server in an image has no host that brings the peers, so there they are dependencies, in the versions that are tested here. */
export function imageManifest({ dependencies, devDependencies, ...others }: Manifest): Manifest {
  const { moved, left } = Object.groupBy(Object.entries(devDependencies), ([name]) => (peers.includes(name) ? 'moved' : 'left'))
  if (moved?.length !== peers.length) throw new Error(`devDependencies of package.json lacks one of ${peers.join(', ')}`)
  return { ...others, dependencies: { ...dependencies, ...Object.fromEntries(moved) }, devDependencies: Object.fromEntries(left ?? []) }
}

if (import.meta.main) {
  const manifest = imageManifest(JSON.parse(readFileSync('package.json', 'utf8')) as Manifest)
  writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`)
}
