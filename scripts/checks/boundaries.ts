import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser'
import { boundaryRules, readingOptions } from './boundary-rules.ts'
import { impurities } from './impurities.ts'

const layers = ['domain', 'application', 'infrastructure', 'projections', 'api', 'library', 'composition', 'cli', 'web']
const tooling = ['test', 'testing', 'bench', 'examples', 'scripts']

/** Each is imported by exactly one file of the product, so that it can be replaced. */
const importedOnce = ['argon2', 'otplib', '@eventstore/db-client']

type Manifest = Readonly<Record<'dependencies' | 'peerDependencies', Readonly<Record<string, string>> | undefined>>

export type Verdict = { readonly modules: number; readonly violations: readonly string[] }

/** Checks which module may import which in the checkout at `root`. */
export async function boundaries(root: string): Promise<Verdict> {
  const files = [...layers, ...tooling].flatMap((folder) => typescriptIn(root, folder))
  const { modules, summary } = await read(root, files)
  const readModules = new Set(modules.map((module) => module.source))
  const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
  const unread = files.filter((file) => !readModules.has(file)).map((file) => `unread: ${file}`)
  const impure = files
    .filter((file) => file.startsWith('domain/'))
    .flatMap((file) => impurities(file, readFileSync(join(root, file), 'utf8')).map((found) => `domain-is-pure: ${found}`))
  const violations = [...broken, ...unread, ...impure, ...importedTwice(root, modules)]
  return { modules: files.length - unread.length, violations }
}

const typescriptIn = (root: string, folder: string) => {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .sort()
  } catch {
    return []
  }
}

const read = async (root: string, files: readonly string[]) => {
  if (files.length === 0) throw new Error('No TypeScript file was found: there is nothing to check.')
  const { output } = await cruise([...files], {
    ...readingOptions,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: boundaryRules },
  })
  return output as ICruiseResult
}

const importedTwice = (root: string, modules: readonly IModule[]) => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  return importedOnce.flatMap((name) => {
    const importers = modules
      .filter(({ source }) => layers.includes(source.split('/')[0] ?? ''))
      .filter((module) =>
        module.dependencies.some(({ resolved, module: asked }) => asked === name || resolved.includes(`node_modules/${name}/`)),
      )
      .map((module) => module.source)
    const allowed = name in { ...dependencies, ...peerDependencies } ? 1 : 0
    return importers.length === allowed
      ? []
      : [`one-importer: ${name} is imported by ${importers.length} files ${importers.join(', ')}`.trimEnd()]
  })
}

if (import.meta.main) {
  const { modules, violations } = await boundaries(process.cwd())
  for (const violation of violations) console.error(violation)
  console.log(`${modules} modules read, ${violations.length} violations`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
