import { pathToFileURL } from 'node:url'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { GatebookError, type GatebookOptions, openGatebook } from 'gatebook'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A Hono app with login. The address of the caller comes from what Hono runs on, here Node. */
export const buildHonoApp = async (options: GatebookOptions) => {
  const gatebook = await openGatebook(options)
  const handle = gatebook.toFetchHandler({ address: (_request, context: Context) => getConnInfo(context).remote.address })
  const app = new Hono<{ Bindings: HttpBindings }>()

  app.all('/api/1/*', (context) => handle(context.req.raw, context))

  app.get('/books', async (context) => {
    const { email } = await gatebook.require(context.req.raw, { role: ['bookkeeper', 'auditor'] })
    return context.json({ balance: 42, shownTo: email })
  })

  app.onError((error, context) => {
    if (!(error instanceof GatebookError)) throw error
    return context.json({ code: error.code, ...error.details }, error.status as ContentfulStatusCode)
  })
  return { app, server: createAdaptorServer({ fetch: app.fetch }), gatebook }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { server } = await buildHonoApp({ dataDir: './data', publicOrigin: 'http://localhost:3000' })
  server.listen(3000, '127.0.0.1')
}
