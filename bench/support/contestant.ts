/** Where a server of the bench listens, and tokens that it lets in; without tokens one registers for them. */
export type Contestant = { readonly url: string; readonly tokens?: readonly string[] }

/** How many tokens take turns. */
export const sessions = 100

/** The service's own guarded route. */
export const own = '/api/1/secure/user'

/**
 * Over HTTP, and from another process: calls by `inject` put other objects through Fastify than real requests do, and the code that is compiled for both
 * is a quarter slower for each.
 */
export async function register(url: string): Promise<readonly string[]> {
  const tokens: string[] = []
  for (let number = 0; number < sessions; number++) {
    const body = JSON.stringify({ email: `user-${number}@example.org`, password: 'correct horse battery', transport: 'bearer' })
    const answer = await fetch(`${url}/api/1/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    tokens.push(((await answer.json()) as { readonly token: string }).token)
  }
  return tokens
}
