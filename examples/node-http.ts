import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pathToFileURL } from 'node:url'
import { GatebookError, type GatebookOptions, openGatebook } from 'gatebook'

/** Gatebook's calls under /api/1 on a server of your own, and a route of yours that requires a role. */
export const buildNodeServer = async (options: GatebookOptions) => {
  const gatebook = await openGatebook(options)
  const handle = gatebook.toNodeHandler()

  const send = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      if (request.url !== '/books') return send(response, 404, { code: 'NOT_FOUND' })
      const { email } = await gatebook.require(request, { role: 'bookkeeper' })
      return send(response, 200, { balance: 42, shownTo: email })
    } catch (error) {
      if (error instanceof GatebookError) return send(response, error.status, { code: error.code, ...error.details })
      return send(response, 500, { code: 'INTERNAL' })
    }
  }
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    handle(request, response, () => void serve(request, response))
  })
  return { server, gatebook }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { server } = await buildNodeServer({ dataDir: './data', publicOrigin: 'http://localhost:3000' })
  server.listen(3000, '127.0.0.1')
}
