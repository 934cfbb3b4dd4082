import { pathToFileURL } from 'node:url'
import express, { type NextFunction, type Request, type Response } from 'express'
import { GatebookError, type GatebookOptions, openGatebook, type Requirement } from 'gatebook'

/** An Express app with login. Gatebook stands before the body parser, because it reads bodies more strictly. */
export const buildExpressApp = async (options: GatebookOptions) => {
  const gatebook = await openGatebook(options)
  const app = express()
  app.use(gatebook.toNodeHandler())
  app.use(express.json())

  const guard = (requirement: Requirement) => async (request: Request, response: Response, next: NextFunction) => {
    response.locals.session = await gatebook.require(request, requirement)
    next()
  }

  app.get('/', (_request, response) => void response.json({ open: 'to everyone' }))

  app.get('/orders', guard({}), (_request, response) => void response.json({ of: response.locals.session.accountId }))

  app.post('/books', guard({ role: 'bookkeeper' }), (request, response) => void response.json({ booked: request.body }))

  app.post('/payout', guard({ elevated: true }), (_request, response) => void response.json({ paid: true }))

  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (error instanceof GatebookError) response.status(error.status).json({ code: error.code, ...error.details })
    else next(error)
  })
  return { app, gatebook }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { app } = await buildExpressApp({ dataDir: './data', publicOrigin: 'http://localhost:3000' })
  app.listen(3000, '127.0.0.1')
}
