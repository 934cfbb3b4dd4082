import { createServer as createHttpServer } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { type Server, ServerCredentials } from '@grpc/grpc-js'

/** The first bytes of an HTTP/2 connection. */
const http2 = Buffer.from('PRI * HTTP/2.0')

/** The health check of the real server, over HTTP/1. */
const health = () =>
  createHttpServer((request, response) => {
    const [path] = (request.url ?? '').split('?')
    response.writeHead(path === '/health/live' ? 204 : 404).end()
  })

/** One port for gRPC and HTTP/1, like the real server: the first bytes of a connection select one. */
export const listenOnOnePort = async (grpc: Server, { host, port }: { readonly host: string; readonly port: number }) => {
  const calls = grpc.createConnectionInjector(ServerCredentials.createInsecure())
  const pages = health()
  const sockets = new Set<Socket>()
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    socket.once('data', (bytes) => {
      socket.pause()
      socket.unshift(bytes)
      const isCall = bytes.subarray(0, http2.length).equals(http2.subarray(0, bytes.length))
      if (isCall) calls.injectConnection(socket)
      else pages.emit('connection', socket)
      process.nextTick(() => socket.resume())
    })
  })
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(port, host, resolve))
  const address = listener.address()
  const kill = () => {
    listener.close()
    for (const socket of sockets) socket.destroy()
    grpc.forceShutdown()
  }
  return { port: typeof address === 'object' && address !== null ? address.port : port, kill }
}
