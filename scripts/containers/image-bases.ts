import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { librariesOf } from './shared-libraries.ts'

/** What `npm ci`, `npm run build` and the Dockerfile call. */
const tools = ['sh', 'env', 'mkdir', 'chmod', 'cp', 'sed', 'ln', 'rm', 'uname']

const output = (program: string, ...args: readonly string[]) => execFileSync(program, args, { encoding: 'utf8' }).trim()

const locate = (program: string) => output('sh', '-c', `command -v ${program}`)

const copyLibraries = (program: string, root: string) => {
  for (const library of librariesOf(program)) cpSync(realpathSync(library), join(root, library))
}

const copyProgram = (program: string, to: string, root: string) => {
  mkdirSync(dirname(join(root, to)), { recursive: true })
  cpSync(realpathSync(program), join(root, to))
  copyLibraries(program, root)
}

/** Parts of glibc that modules in C++ and the resolver of names load by themselves. */
const loadedLater = ['librt.so.1', 'libresolv.so.2', 'libutil.so.1', 'libnss_dns.so.2', 'libnss_files.so.2']

/** As distroless images are: glibc, libstdc++, and nothing else. */
export function fillBase(root: string): void {
  for (const folder of ['tmp', 'etc', 'proc']) mkdirSync(join(root, folder), { recursive: true })
  copyLibraries(process.execPath, root)
  const libc = librariesOf(process.execPath).find((library) => library.endsWith('/libc.so.6'))
  if (libc === undefined) throw new Error('Node is not linked with glibc')
  for (const name of loadedLater) cpSync(realpathSync(join(dirname(libc), name)), join(root, dirname(libc), name))
}

/**
 * The tools of this machine, its Node and its npm, with npm's cache: the packages that `npm ci` of the checkout has just left there. So the
 * build needs no network.
 */
export function fillBuildBase(root: string): void {
  fillBase(root)
  for (const tool of tools) copyProgram(locate(tool), `/bin/${tool}`, root)
  mkdirSync(join(root, 'usr/bin'), { recursive: true })
  symlinkSync('/bin/env', join(root, 'usr/bin/env'))
  copyProgram(process.execPath, '/usr/local/bin/node', root)
  const npm = dirname(dirname(realpathSync(locate('npm'))))
  cpSync(npm, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'))
  const cache = join(output('npm', 'config', 'get', 'cache'), '_cacache')
  cpSync(cache, join(root, 'root/.npm/_cacache'), { recursive: true, filter: (path) => !path.startsWith(join(cache, 'tmp')) })
  writeFileSync(join(root, 'root/.npmrc'), 'offline=true\ncache=/root/.npm\n')
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
}
