import { readdirSync } from 'node:fs'
import { afterAll, vi } from 'vitest'
import { startStoreServer } from '../support/store-server.ts'

/**
 * Runs the event store contract and the EventStoreDB suites of `npm test` on a real server. They write events that Gatebook does not write,
 * so they come last where a server is shared.
 */
const server = await startStoreServer()
vi.stubEnv('EVENTSTOREDB_URL', server.url)
afterAll(server.stop)

const folder = new URL('../../infrastructure/event-store/eventstoredb/', import.meta.url)
const suites = readdirSync(folder).filter((name) => /^eventstoredb.*\.test\.ts$/.test(name))
for (const suite of suites) await import(/* @vite-ignore */ new URL(suite, folder).pathname)
