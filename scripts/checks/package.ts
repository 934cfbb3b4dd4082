import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Appended to the README's example: checks its guards, and the server of gatebook/testing. */
const assertions = `
const { port } = app.server.address() as { port: number }
const api = \`http://localhost:\${port}\`
const statusOf = async (path: string, headers = {}) => (await fetch(api + path, { headers })).status
const body = JSON.stringify({ email: 'ada@example.org', password: 'correct horse battery', transport: 'bearer' })
const registered = await fetch(api + '/api/1/register', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
const { token } = (await registered.json()) as { token: string }
const authorization = \`Bearer \${token}\`
const statuses = [await statusOf('/orders'), await statusOf('/orders', { authorization }), await statusOf('/books', { authorization })]
if (statuses.join() !== '401,200,403') throw new Error(\`the guards returned \${statuses}\`)
await app.close()

import { startGatebook } from 'gatebook/testing'
await using server = await startGatebook()
const ready = await fetch(server.baseUrl + '/health/ready')
if (ready.status !== 200) throw new Error(\`the server of gatebook/testing returned \${ready.status}\`)
const login = await fetch(server.baseUrl + '/login')
const script = /src="([^"]+)"/.exec(await login.text())?.[1]
if (script === undefined || (await fetch(server.baseUrl + script)).status !== 200) throw new Error('the server has no pages')
`

/** What a front end does with the client and the parts. Its types need the DOM; it is only loaded here, not drawn. */
const frontEnd = `
import { createClient } from 'gatebook/client'
import { GatebookProvider, LoginForm, useSession } from 'gatebook/react'

const client = createClient({ baseUrl: 'https://login.example.org' })
const problem = async () => {
  const answer = await client.call('POST /login', { body: { email: 'ada@example.org', password: 'x' } })
  return answer.ok ? answer.value.status : answer.problem.code
}
const Name = () => {
  const session = useSession()
  return session.status === 'authenticated' ? <b>{session.email}</b> : <LoginForm />
}
export const parts = [problem, <GatebookProvider client={client}><Name /></GatebookProvider>]
`

const exampleOf = (readme: string) => {
  const example = readme
    .split('```ts\n')
    .find((block) => block.includes("from 'gatebook'"))
    ?.split('```')[0]
  if (example === undefined) throw new Error('README.md has no example that imports gatebook')
  return example.replace('port: 3000', 'port: 0')
}

/** Unpacks the package as npm would, with its dependencies but without development dependencies. */
const install = (folder: string) => {
  const modules = join(folder, 'node_modules')
  const home = join(modules, 'gatebook')
  mkdirSync(home, { recursive: true })
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { encoding: 'utf8' }))
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', home, '--strip-components=1'])
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  for (const name of [...Object.keys(dependencies), '@types/node', 'react', '@types/react', 'csstype']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(resolve('node_modules', name), join(modules, name))
  }
  return home
}

/** Packs the build, installs it in a new project, then type-checks and runs the README's example there. */
const folder = mkdtempSync(join(tmpdir(), 'gatebook-package-'))
try {
  const home = install(folder)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'app.ts'), exampleOf(readFileSync('README.md', 'utf8')) + assertions)
  const node = (...args: readonly string[]) =>
    execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
  const compile = (...options: readonly string[]) => {
    try {
      node(resolve('node_modules/typescript/bin/tsc'), '--strict', '--target', 'es2024', ...options)
    } catch (error) {
      console.error((error as { stdout?: string }).stdout)
      throw error
    }
  }
  compile('--noEmit', '--module', 'nodenext', '--types', 'node', 'app.ts')
  node('app.ts')
  writeFileSync(join(folder, 'front-end.tsx'), frontEnd)
  const inBrowsers = ['--lib', 'es2024,dom,dom.iterable', '--jsx', 'react-jsx', 'front-end.tsx']
  compile('--noEmit', '--module', 'esnext', '--moduleResolution', 'bundler', ...inBrowsers)
  compile('--module', 'nodenext', ...inBrowsers)
  node('front-end.js')
  console.log(`the package ${node(join(home, 'dist/cli/gatebook.js'), '--version').trim()} works where it is installed`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
