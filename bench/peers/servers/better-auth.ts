import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node'
import { hashPassword, openDatabase, verifyPassword } from './users.ts'

const server = createServer()
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const auth = betterAuth({
  baseURL: url,
  secret: 'a secret of the bench that is long enough to be one',
  database: openDatabase(),
  rateLimit: { enabled: false },
  logger: { disabled: true },
  telemetry: { enabled: false },
  emailAndPassword: {
    enabled: true,
    password: { hash: hashPassword, verify: ({ hash: encoded, password }) => verifyPassword(encoded, password) },
  },
})
const { runMigrations } = await getMigrations(auth.options)
await runMigrations()

const handle = toNodeHandler(auth)
server.on('request', async (request, response) => {
  if (request.url !== '/me') return handle(request, response)
  const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) })
  response.writeHead(session === null ? 401 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ id: session?.user.id ?? null }))
})
process.send?.({ url, register: '/api/auth/sign-up/email', logIn: '/api/auth/sign-in/email', also: { name: 'User' } })
