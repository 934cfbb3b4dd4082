import { randomBytes } from 'node:crypto'
import secureSession from '@fastify/secure-session'
import Fastify from 'fastify'
import { openDatabase, userTable } from './users.ts'

declare module '@fastify/secure-session' {
  interface SessionData {
    userId: string
  }
}

type Credentials = { Body: { email: string; password: string } }

/** The session is the cookie: nothing is stored, and none can be ended before its time. */
const users = userTable(openDatabase())
const app = Fastify()
await app.register(secureSession, { key: randomBytes(32), cookie: { path: '/', httpOnly: true } })
app.post<Credentials>('/register', async ({ body, session }) => {
  const { id } = await users.register(body.email, body.password)
  session.set('userId', id)
  return { id }
})
app.post<Credentials>('/login', async (request, reply) => {
  const user = await users.logIn(request.body.email, request.body.password)
  if (user === undefined) return reply.code(401).send()
  request.session.regenerate()
  request.session.set('userId', user.id)
  return { id: user.id }
})
app.get('/me', async ({ session }, reply) => {
  const id = session.get('userId')
  const user = id === undefined ? undefined : users.byId(id)
  return user === undefined ? reply.code(401).send() : { id: user.id }
})
process.send?.({ url: await app.listen({ port: 0, host: '127.0.0.1' }), register: '/register', logIn: '/login' })
