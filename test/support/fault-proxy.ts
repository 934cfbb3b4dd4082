import { createConnection, createServer, type Socket } from 'node:net'

/**
 * What happens to the bytes between a client and a server.
 *
 * - `pass`: they arrive.
 * - `stall`: they wait and arrive later.
 * - `lose_answers`: requests arrive, responses do not. These connections are cut when the fault ends.
 * - `refuse`: every connection is cut at once.
 */
export type Fault = 'pass' | 'stall' | 'lose_answers' | 'refuse'

type Pair = { readonly client: Socket; readonly server: Socket }

/** A TCP proxy on a free port in front of `host:port`. */
export const startFaultProxy = async (target: { readonly host: string; readonly port: number }) => {
  const pairs = new Set<Pair>()
  let fault: Fault = 'pass'

  const cut = () => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
  }
  const join = (client: Socket) => {
    const server = createConnection(target)
    const pair = { client, server }
    pairs.add(pair)
    client.on('data', (bytes) => server.write(bytes))
    server.on('data', (bytes) => {
      if (fault !== 'lose_answers') client.write(bytes)
    })
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => {
        other.destroy()
        pairs.delete(pair)
      })
    }
    if (fault === 'refuse') cut()
    if (fault === 'stall') stall(pair)
  }
  const stall = ({ client, server }: Pair) => {
    client.pause()
    server.pause()
  }
  const play = (next: Fault) => {
    const before = fault
    fault = next
    if (before === 'lose_answers' || next === 'refuse') cut()
    for (const pair of pairs) {
      if (next === 'stall') stall(pair)
      else {
        pair.client.resume()
        pair.server.resume()
      }
    }
  }

  const listener = createServer(join)
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = async () => {
    cut()
    await new Promise((resolve) => listener.close(resolve))
  }
  return { port, play, cut, close }
}
