import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Check } from '../http/route.ts'
import { runChecks } from '../http/run-checks.ts'
import { sendProblem } from '../problems.ts'
import type { ServiceSettings } from '../shapes/service-settings.ts'
import { ownAddress } from './own-address.ts'
import { pageDocument } from './page-document.ts'
import { pageHeaders } from './page-headers.ts'

export type PagesOptions = {
  /** What `npm run build:pages` has written. */
  readonly folder: string
  readonly settings: ServiceSettings
  /** The service's own. */
  readonly origin: string
}

/** One document for all: the script in it shows what the path names. */
export const pagePaths = [
  '/',
  '/login',
  '/setup',
  '/register',
  '/reset',
  '/email',
  '/invitation',
  '/account',
  '/account/*',
  '/admin',
  '/admin/*',
]

/** https://w3c.github.io/webappsec-change-password-url/ */
const changePassword = '/.well-known/change-password'

const assets = (root: string) => (app: FastifyInstance, _options: object, done: () => void) => {
  // The service's own handler would count the request against the limit again.
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'NOT_FOUND'))
  // Their names hold a hash of their content.
  app.register(fastifyStatic, {
    root,
    index: false,
    decorateReply: false,
    acceptRanges: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    setHeaders: (reply) => void reply.header('cross-origin-resource-policy', 'same-origin'),
  })
  done()
}

export const pages =
  ({ folder, settings, origin }: PagesOptions, limit: Check) =>
  (app: FastifyInstance, _options: object, done: () => void) => {
    const document = pageDocument(readFileSync(join(folder, 'index.html'), 'utf8'), settings)
    const addressFor = ownAddress(origin)
    app.addHook('onRequest', runChecks([limit], [], undefined))
    for (const path of pagePaths) {
      app.get(path, (request, reply) => {
        const address = addressFor(request)
        if (address !== undefined) return reply.redirect(address)
        return reply.headers(pageHeaders).type('text/html; charset=utf-8').send(document)
      })
    }
    app.get(changePassword, (_request, reply) => reply.redirect('/account/security'))
    app.register(assets(join(folder, 'assets')), { prefix: '/assets' })
    done()
  }
