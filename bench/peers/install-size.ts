import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PeerName } from './peer.ts'

/** What an app installs for it, with the framework it runs on and the hash that it is given. */
const packages: Readonly<Record<Exclude<PeerName, 'gatebook'>, readonly string[]>> = {
  'better-auth': ['better-auth', 'better-sqlite3', 'argon2'],
  'express-session': [
    'express',
    'express-session',
    'passport',
    'passport-local',
    'better-sqlite3-session-store',
    'better-sqlite3',
    'argon2',
  ],
  'fastify-session': [
    ...['fastify', '@fastify/session', '@fastify/cookie', 'express-session', 'better-sqlite3-session-store'],
    ...['better-sqlite3', 'argon2'],
  ],
  'secure-session': ['fastify', '@fastify/secure-session', 'better-sqlite3', 'argon2'],
}

const ownFolder = fileURLToPath(new URL('.', import.meta.url))
const versions: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(ownFolder, 'package.json'), 'utf8')).dependencies

const npm = (cwd: string, ...args: readonly string[]) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

/** The tarball of what `npm run build` has built. */
const packed = (folder: string) => {
  const [{ filename }] = JSON.parse(npm(resolve(ownFolder, '../..'), 'pack', '--json', '--ignore-scripts', '--pack-destination', folder))
  return join(folder, filename)
}

/** MB and packages in `node_modules` of a new project. */
export function installSize(peer: PeerName) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-install-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const wanted =
      peer === 'gatebook' ? [packed(folder), `fastify@${versions.fastify}`] : packages[peer].map((name) => `${name}@${versions[name]}`)
    npm(folder, 'install', '--no-audit', '--no-fund', ...wanted)
    const bytes = Number(execFileSync('du', ['-sb', 'node_modules'], { cwd: folder, encoding: 'utf8' }).split('\t')[0])
    const { packages: installed } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
    return { megabytes: bytes / 1e6, packages: Object.keys(installed).length - 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
