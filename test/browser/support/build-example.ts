import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, defaultClientConditions } from 'vite'

/** Builds the front end of an example into a temporary folder, with `gatebook` from the sources. */
export const buildExample = async (name: string, define: Readonly<Record<string, string>> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-example-'))
  await build({
    root: `examples/${name}`,
    configFile: `examples/${name}/vite.config.ts`,
    logLevel: 'warn',
    resolve: { conditions: ['gatebook-source', ...defaultClientConditions] },
    define,
    build: { outDir: folder, emptyOutDir: false },
  })
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}
