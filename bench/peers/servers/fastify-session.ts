import cookie from '@fastify/cookie'
import session from '@fastify/session'
import sqliteStore from 'better-sqlite3-session-store'
import expressSession from 'express-session'
import Fastify from 'fastify'
import { openDatabase, userTable } from './users.ts'

declare module 'fastify' {
  interface Session {
    userId?: string
  }
}

type Credentials = { Body: { email: string; password: string } }

const database = openDatabase()
const users = userTable(database)
const app = Fastify()
await app.register(cookie)
await app.register(session, {
  secret: 'a secret of the bench that is long enough to be one',
  store: new (sqliteStore(expressSession))({ client: database }),
  cookie: { secure: false },
  rolling: false,
  saveUninitialized: false,
})
app.post<Credentials>('/register', async ({ body, session }) => {
  const { id } = await users.register(body.email, body.password)
  session.userId = id
  return { id }
})
app.post<Credentials>('/login', async (request, reply) => {
  const user = await users.logIn(request.body.email, request.body.password)
  if (user === undefined) return reply.code(401).send()
  await request.session.regenerate()
  request.session.userId = user.id
  return { id: user.id }
})
app.get('/me', async ({ session }, reply) => {
  const user = session.userId === undefined ? undefined : users.byId(session.userId)
  return user === undefined ? reply.code(401).send() : { id: user.id }
})
process.send?.({ url: await app.listen({ port: 0, host: '127.0.0.1' }), register: '/register', logIn: '/login' })
