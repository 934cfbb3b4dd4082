import { readFileSync, writeFileSync } from 'node:fs'

type Entry = {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}
type Lock = { readonly packages: Record<string, Entry> }

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

/** Read from the package name: `@biomejs/cli-linux-x64-musl`. */
const platformOf = (name: string) => {
  const words = name.split(/[-/]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : words.includes('gnu') ? { libc: ['glibc'] } : {}
  return { ...(cpu.length > 0 ? { cpu } : {}), ...(os.length > 0 ? { os } : {}), ...libc }
}

/**
 * Adds what npm leaves out of the lock file, so that `npm ci` works on every platform. npm drops optional packages of other platforms
 * that its registry does not have, and then rejects its own lock file. It also drops `gypfile: false` of better-sqlite3, which comes
 * prebuilt, and would ask for a compiler.
 */
export function completed(lock: Lock): Lock {
  const packages = { ...lock.packages }
  for (const parent of Object.values(lock.packages))
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`
      if (path in packages || !/^\d+\.\d+\.\d+/.test(version)) continue
      packages[path] = { version, ...(parent.dev ? { dev: true } : {}), optional: true, ...platformOf(name) }
    }
  const sqlite = packages['node_modules/better-sqlite3']
  if (sqlite !== undefined) packages['node_modules/better-sqlite3'] = { ...sqlite, gypfile: false }
  return { ...lock, packages: Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))) }
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')))

/** Looks where Node would: beside the package, and in each folder above it. */
const isFound = (packages: Lock['packages'], from: string, name: string): boolean =>
  `${from === '' ? '' : `${from}/`}node_modules/${name}` in packages || (from !== '' && isFound(packages, parentOf(from), name))

/** Dependencies without an entry: `npm ci` refuses a lock file that has one. */
export function missingFrom({ packages }: Lock): readonly string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isFound(packages, path, name))
      .map((name) => `${path} needs ${name}`),
  )
}

if (import.meta.main) {
  const lock = completed(JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock)
  const missing = missingFrom(lock)
  if (missing.length > 0) throw new Error(`npm ci would refuse this lock file: ${missing.join(', ')}`)
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
}
