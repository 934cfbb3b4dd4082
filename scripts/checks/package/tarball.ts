import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { expectEqual, succeed } from './run.ts'

/** Packs the build, without building it anew. */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await succeed('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: '.' })
  const [{ filename }] = JSON.parse(stdout)
  return join(folder, filename)
}

/** What `npm publish` and publint say of the package. */
export async function checkPublishing(tarball: string): Promise<void> {
  const { stderr } = await succeed('npm', ['publish', '--dry-run', '--ignore-scripts', tarball], { cwd: '.' })
  const warnings = stderr.split('\n').filter((line) => line.startsWith('npm warn') && !line.includes('requires you to be logged in'))
  expectEqual('warnings of npm publish --dry-run', warnings, [])
  const file = readFileSync(tarball)
  const content = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: content as ArrayBuffer } })
  expectEqual(
    'what publint reports',
    messages.map((message) => formatMessage(message, pkg)),
    [],
  )
}

/** `home` is the installed package. */
export function checkContent(home: string): void {
  const maps = globSync(['dist/**/*.js.map', 'dist/**/*.d.ts.map'], { cwd: home })
  if (maps.length < 500) throw new Error(`only ${maps.length} source maps were found`)
  const lost = maps.filter((map) => {
    const { sources } = JSON.parse(readFileSync(join(home, map), 'utf8'))
    return !sources.every((source: string) => existsSync(resolve(home, dirname(map), source)))
  })
  expectEqual('source maps without their sources', lost, [])
  const declarations = globSync('dist/**/*.d.ts', { cwd: home })
  const bound = declarations.filter((file) => readFileSync(join(home, file), 'utf8').includes("'@eventstore/db-client'"))
  expectEqual('declarations that need @eventstore/db-client', bound, [])
}
