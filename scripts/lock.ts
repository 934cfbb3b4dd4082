import { readFileSync, writeFileSync } from 'node:fs'

type Entry = {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
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

if (import.meta.main) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
  writeFileSync('package-lock.json', `${JSON.stringify(completed(lock), null, 2)}\n`)
}
