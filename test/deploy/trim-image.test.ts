import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { trimImage } from '../../scripts/containers/trim-image.ts'

const kept = [
  'dist/cli/gatebook.js',
  'dist/pages/index.html',
  'node_modules/argon2/prebuilds/linux-x64/argon2.glibc.node',
  'node_modules/better-sqlite3/lib/index.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  'node_modules/other/build/Release/other.node',
]
const removed = [
  'dist/cli/gatebook.d.ts',
  'dist/cli/gatebook.js.map',
  'node_modules/.bin/tool',
  'node_modules/argon2/prebuilds/darwin-arm64/argon2.armv8.glibc.node',
  'node_modules/argon2/prebuilds/linux-arm64/argon2.armv8.glibc.node',
  'node_modules/argon2/prebuilds/linux-x64/argon2.musl.node',
  'node_modules/better-sqlite3/deps/sqlite3/sqlite3.c',
  'node_modules/better-sqlite3/prebuilds/linux-arm64.node',
  'node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node',
  'node_modules/better-sqlite3/src/better_sqlite3.cpp',
  'node_modules/other/index.d.mts',
]

test('an image keeps what the server reads, and the modules of its own system', () => {
  const root = mkdtempSync(join(tmpdir(), 'gatebook-trim-'))
  try {
    for (const file of [...kept, ...removed]) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), '')
    }
    trimImage(root, 'x64')
    const left = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(left.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1)).toSorted()).toEqual(kept)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
