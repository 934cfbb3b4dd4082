import type { AddressInfo } from 'node:net'
import sqliteStore from 'better-sqlite3-session-store'
import express from 'express'
import session from 'express-session'
import passport from 'passport'
import { Strategy } from 'passport-local'
import { openDatabase, type User, userTable } from './users.ts'

const database = openDatabase()
const users = userTable(database)

passport.use(
  new Strategy({ usernameField: 'email' }, (email, password, done) => {
    users.logIn(email, password).then((user) => done(null, user ?? false), done)
  }),
)
passport.serializeUser((user, done) => done(null, (user as User).id))
passport.deserializeUser((id: string, done) => done(null, users.byId(id) ?? false))

const app = express()
app.use(express.json())
app.use(
  session({
    store: new (sqliteStore(session))({ client: database }),
    secret: 'a secret of the bench that is long enough to be one',
    resave: false,
    saveUninitialized: false,
  }),
)
app.use(passport.session())
app.post('/register', async (request, response, next) => {
  const user = await users.register(request.body.email, request.body.password)
  request.login(user, (error) => (error ? next(error) : response.status(201).json({ id: user.id })))
})
app.post('/login', passport.authenticate('local'), (request, response) => {
  response.json({ id: (request.user as User).id })
})
app.get('/me', (request, response) => {
  if (!request.isAuthenticated()) return void response.status(401).end()
  response.json({ id: (request.user as User).id })
})
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, register: '/register', logIn: '/login' })
})
