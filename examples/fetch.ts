import { GatebookError, type GatebookOptions, openGatebook } from 'gatebook'

/**
 * For whatever calls a function with a `Request`: `export const { GET, POST, PUT, DELETE } = …` in `app/api/1/[...call]/route.ts` of
 * Next, or `fetch` of Bun and Deno. Next hands over no address, so it is read from a header that the proxy in front must set.
 */
export const buildRoutes = async (options: GatebookOptions) => {
  const gatebook = await openGatebook(options)
  const handle = gatebook.toFetchHandler({ address: (request) => request.headers.get('x-real-ip') })

  const books = async (request: Request): Promise<Response> => {
    try {
      const { email } = await gatebook.require(request, { role: 'bookkeeper' })
      return Response.json({ balance: 42, shownTo: email })
    } catch (error) {
      if (!(error instanceof GatebookError)) throw error
      return Response.json({ code: error.code, ...error.details }, { status: error.status })
    }
  }
  return { GET: handle, POST: handle, PUT: handle, DELETE: handle, books, gatebook }
}
