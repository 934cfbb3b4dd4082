import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { openGatebook, sessionOf } from '../../../dist/index.js'

const dataDir = mkdtempSync(join(tmpdir(), 'bench-peer-'))
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
process.on('disconnect', () => process.exit(0))

/** The limits by address would stop the bench, which has one; every other check is on. */
const origin = 'http://localhost:3000'
const gatebook = await openGatebook({ dataDir, publicOrigin: origin, logLevel: 'warn', ratePerMinute: 0, loginRatePerMinute: 0 })
const app = Fastify({ requestTimeout: 10_000 })
await app.register(gatebook.plugin)
app.get('/me', { onRequest: gatebook.guard.session }, (request) => ({ id: sessionOf(request).accountId }))
process.send?.({ url: await app.listen({ port: 0, host: '127.0.0.1' }), register: '/api/1/register', logIn: '/api/1/login', origin })
