import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const imports = /(?:from|import)\s*\(?['"](\.{1,2}\/[^'"]+)['"]/g

const importedBy = (folder: string, file: string) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(imports)].map(([, path = '']) =>
    normalize(join(dirname(file), path)).replace(/\.(?:js|ts|tsx)$/, '.d.ts'),
  )

/** Declarations below `folder` that no entry point of the package leads to: nobody can import them, so they need not be shipped. */
export function unreachableDeclarations(folder: string, entries: readonly string[]): readonly string[] {
  const all = new Set(globSync('**/*.d.ts', { cwd: folder }))
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (!all.has(file) || reached.has(file)) return
    reached.add(file)
    for (const imported of importedBy(folder, file)) visit(imported)
  }
  for (const entry of entries) visit(entry)
  return [...all].filter((file) => !reached.has(file))
}
