import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** For people and compilers, not for a server that runs. */
const isUnused = (name: string) => /\.(map|d\.[cm]?ts)$/.test(name)

/** A module in C++ comes ready-made for many systems. `linuxmusl` and `.musl.` are for another C library than that of the image. */
const isForOthers = (path: string, own: string) => !path.includes(own) || path.includes('.musl.')

const files = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))

/** Removes what the server in an image never reads: types, source maps, sources in C and modules for other systems. */
export function trimImage(root: string, architecture: string): void {
  const sqlite = join(root, 'node_modules/better-sqlite3')
  for (const folder of ['deps', 'src']) rmSync(join(sqlite, folder), { recursive: true, force: true })
  rmSync(join(root, 'node_modules/.bin'), { recursive: true, force: true })
  for (const file of files(join(root, 'dist')).filter(isUnused)) rmSync(file)
  const own = `/linux-${architecture}`
  for (const file of files(join(root, 'node_modules'))) {
    const isPrebuild = file.endsWith('.node') && file.includes('/prebuilds/')
    if (isUnused(file) || (isPrebuild && isForOthers(file, own))) rmSync(file)
  }
}

if (import.meta.main) trimImage('.', process.arch)
