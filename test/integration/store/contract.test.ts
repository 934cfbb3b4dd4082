import { readdirSync } from 'node:fs'
import { afterAll, vi } from 'vitest'
import { startStoreServer } from '../support/store-server.ts'

/**
 * The very files that run against the stand-in in `npm test`, on a server: the contract of every store, and what EventStoreDB's has to hold besides.
 * They write what no Gatebook would write, so that they come last where one server is shared.
 */
const server = await startStoreServer()
vi.stubEnv('EVENTSTOREDB_URL', server.url)
afterAll(server.stop)

const folder = new URL('../../infrastructure/event-store/eventstoredb/', import.meta.url)
const suites = readdirSync(folder).filter((name) => /^eventstoredb.*\.test\.ts$/.test(name))
for (const suite of suites) await import(/* @vite-ignore */ new URL(suite, folder).pathname)
