import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { openGatebook } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logoFiles, svg } from '../../support/logo-files.ts'

describe('embedded in an app of one’s own, under a prefix', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-embedded-'))
  const files = logoFiles()
  let app: FastifyInstance
  let root: string
  beforeAll(async () => {
    const cheap = { argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent' } as const
    const own = { dataDir, serviceName: 'Lighthouse', brandLogo: files.write('logo.svg', svg) }
    const gatebook = await openGatebook({ ...cheap, ...own, captcha: async () => true })
    app = Fastify({ requestTimeout: 10_000 })
    await app.register(gatebook.plugin, { prefix: '/auth' })
    const payload = { setupToken: gatebook.setupToken, email: 'root@example.org', password: 'correct horse battery', transport: 'bearer' }
    root = (await app.inject({ method: 'POST', url: '/auth/api/1/setup', payload })).json().token
  })
  afterAll(async () => {
    await app.close()
    files.remove()
    rmSync(dataDir, { recursive: true })
  })

  const get = (path: string) => app.inject({ url: `/auth/api/1${path}`, headers: { authorization: `Bearer ${root}` } })

  test('the settings name the logo where it is', async () => {
    const settings = (await get('/settings')).json()
    expect(settings).toMatchObject({ service: { name: 'Lighthouse', logo: '/auth/logo' }, captcha: true })
    const logo = await app.inject(settings.service.logo)
    expect([logo.statusCode, logo.payload, logo.headers['content-type']]).toEqual([200, svg, 'image/svg+xml'])
  })

  test('health and policy are there', async () => {
    expect((await get('/admin/health')).json()).toMatchObject({ ready: true, log: { store: 'sqlite' }, queues: { mail: { waiting: 0 } } })
    expect((await get('/admin/policy')).json().policy).toContainEqual(
      expect.objectContaining({ variable: 'SERVICE_NAME', value: 'Lighthouse', default: 'TOTP_ISSUER' }),
    )
  })
})
