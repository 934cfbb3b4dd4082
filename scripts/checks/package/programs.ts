/** Appended to the README's example: checks its guards, and gatebook/testing. Node 22 has no `await using`. */
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

import { openTestGatebook, startGatebook } from 'gatebook/testing'
const testing = await openTestGatebook()
const { headers } = await testing.login(await testing.createUser({ secondFactor: true }), { elevated: true })
if ((await testing.gatebook.session({ headers }))?.elevatedUntil == null) throw new Error('openTestGatebook elevated nobody')
await testing.close()
const server = await startGatebook()
try {
  const ready = await fetch(server.baseUrl + '/health/ready')
  if (ready.status !== 200) throw new Error(\`the server of gatebook/testing returned \${ready.status}\`)
  const login = await fetch(server.baseUrl + '/login')
  const script = /src="([^"]+)"/.exec(await login.text())?.[1]
  if (script === undefined || (await fetch(server.baseUrl + script)).status !== 200) throw new Error('the server has no pages')
} finally {
  await server.stop()
}
`

/** What a front end does with the client and the parts. Its types need the DOM; it is only loaded here, not drawn. */
export const frontEnd = `
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

/** Opens what the examples build, as it is in the package. */
export const examples = `
import { buildApp } from './examples/embedded.ts'
import { buildShop } from './examples/embedded-front-end/server.ts'
import { buildServer } from './examples/in-process.ts'
import { buildApp as buildWholeApp } from './examples/whole-app.ts'
import { mkdirSync, writeFileSync } from 'node:fs'

const options = { logLevel: 'silent' } as const
const { app } = await buildApp({ ...options, dataDir: './data-embedded' })
if ((await app.inject('/orders')).statusCode !== 401) throw new Error('examples/embedded.ts lets a stranger in')
await app.close()

const { gatebook, account } = await buildServer({ ...options, dataDir: './data-in-process' })
if (account.email !== 'ada@example.org') throw new Error('examples/in-process.ts seeds nobody')
await gatebook.close()

const whole = await buildWholeApp({ ...options, dataDir: './data-whole' }, async () => {})
const payload = { email: 'grace@example.org', password: 'correct horse battery', transport: 'bearer' }
const grace = await whole.inject({ method: 'POST', url: '/api/1/login', payload })
if (grace.statusCode !== 200) throw new Error('examples/whole-app.ts does not know who was imported')
await whole.close()

mkdirSync('built', { recursive: true })
for (const name of ['index.html', 'shop.js']) writeFileSync('built/' + name, name)
const shop = await buildShop({ ...options, dataDir: './data-shop' }, 'built')
if ((await shop.inject('/')).body !== 'index.html') throw new Error('the embedded front end has no page')
await shop.close()
`

/** The first example of the README that imports the package, and checks of it. */
export function readmeProgram(readme: string): string {
  const example = readme
    .split('```ts\n')
    .find((block) => block.includes("from 'gatebook'"))
    ?.split('```')[0]
  if (example === undefined) throw new Error('README.md has no example that imports gatebook')
  return example.replace('port: 3000', 'port: 0') + assertions
}
