import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { openGatebook } from '../../index.ts'

/** `node guarded-server.ts bare|guarded`: a route on bare Fastify, or the same route behind the guard. Prints where it listens and 100 live tokens. */
const kind = process.argv[2]
const sessions = 100
const app = Fastify()

const withGuard = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-bench-'))
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  const cheap = { ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1', LOGIN_RATE_PER_MINUTE: '0', RATE_PER_MINUTE: '0', LOG_LEVEL: 'warn' }
  const gatebook = await openGatebook({ DATA_DIR: dataDir, ...cheap })
  await app.register(gatebook.plugin)
  app.get('/', { onRequest: gatebook.guard.session }, () => ({ ok: true }))
  const tokens: string[] = []
  for (let number = 0; number < sessions; number++) {
    const payload = { email: `user-${number}@example.org`, password: 'correct horse battery', transport: 'bearer' }
    tokens.push((await app.inject({ method: 'POST', url: '/api/1/register', payload })).json().token)
  }
  return tokens
}

const withoutGuard = () => {
  app.get('/', () => ({ ok: true }))
  return Array.from({ length: sessions }, () => 'A'.repeat(43))
}

const tokens = kind === 'guarded' ? await withGuard() : withoutGuard()
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.on('SIGTERM', () => process.exit(0))
console.log(JSON.stringify({ url, tokens }))
