import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** From a checkout as from the package: the folder with package.json holds `dist/pages`. Undefined if they were not built. */
export function pagesFolder(): string | undefined {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) return undefined
    folder = dirname(folder)
  }
  const pages = join(folder, 'dist', 'pages')
  return existsSync(join(pages, 'index.html')) ? pages : undefined
}
