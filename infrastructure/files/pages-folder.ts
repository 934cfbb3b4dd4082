import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './package-root.ts'

/** Undefined if the pages were not built. */
export function pagesFolder(): string | undefined {
  const pages = join(packageRoot, 'dist', 'pages')
  return existsSync(join(pages, 'index.html')) ? pages : undefined
}
