import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { GatebookError, type GatebookOptions, openGatebook } from 'gatebook'

/** Seeds an account, and tells who asks: no framework, and no call over HTTP. */
export const buildServer = async (options: GatebookOptions) => {
  const gatebook = await openGatebook(options)
  const seed = { email: 'ada@example.org', password: 'correct horse battery', roles: ['bookkeeper'] }
  const { account } = await gatebook.accounts.create({ ...seed, ifExists: 'keep', actor: { system: 'seed' } })

  const server = createServer(async (request, response) => {
    try {
      const session = await gatebook.session(request)
      const mayRead = session?.roles.includes('bookkeeper') ?? false
      response.writeHead(mayRead ? 200 : 403).end(JSON.stringify(mayRead ? { balance: 42 } : { wanted: 'bookkeeper' }))
    } catch (error) {
      if (!(error instanceof GatebookError)) throw error
      response.writeHead(error.status).end(JSON.stringify({ code: error.code, ...error.details }))
    }
  })
  return { server, gatebook, account }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { server, gatebook, account } = await buildServer({ dataDir: './data' })
  const { token } = await gatebook.sessions.create({ accountId: account.id, actor: { system: 'example' } })
  server.listen(3000, '127.0.0.1')
  process.stdout.write(`curl -H 'authorization: Bearer ${token}' http://127.0.0.1:3000\n`)
}
