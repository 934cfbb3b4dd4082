import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GatebookOptions, openGatebook } from 'gatebook'
import { cheap } from '../support.ts'

export const setupToken = 'a-setup-token-for-tests'

/** Gatebook that no framework has mounted. */
export const openBare = async (options: GatebookOptions = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-handlers-'))
  const gatebook = await openGatebook({ ...cheap, dataDir, setupToken, publicOrigin: 'http://localhost:1984', ...options })
  const close = async () => {
    await gatebook.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { gatebook, close }
}

export const listenWith = async (listener: RequestListener, options: { readonly requestTimeout?: number } = {}) => {
  const server = createServer(options, listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { server, port: (server.address() as AddressInfo).port, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}

export const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`http://localhost:1984/api/1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

export const get = (path: string, headers: Record<string, string> = {}) => new Request(`http://localhost:1984/api/1${path}`, { headers })
