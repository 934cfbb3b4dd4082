import Fastify from 'fastify'
import { openGatebook } from 'gatebook'
import { Counter, Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import type { GatebookOptions } from '../../../composition/host-options.ts'
import { readinessOf } from '../../../library/embedding/readiness.ts'
import { body, openEmbedded } from './support.ts'

describe('options that are no variables', () => {
  test.each([
    ['environment', 'x'],
    ['captcha', true],
    ['logger', {}],
    ['logger', { ...console, fatal: 'x' }],
    ['prefix', 'auth'],
    ['prefix', '/auth/'],
    ['prefix', '/a b'],
    ['prefix', '/:name'],
    ['prefix', '//evil.example'],
    ['prefix', 7],
    ['demonstration', 'false'],
    ['metrics', {}],
    ['metrics', 'on'],
    ['onRefusal', {}],
  ])('%s: %j is refused by name, and nothing is opened', async (name, value) => {
    const options = { dataDir: '/nonexistent/gatebook', [name]: value } as GatebookOptions
    await expect(openGatebook(options)).rejects.toThrow(new RegExp(`^${name}: expected `))
    await expect(openGatebook(options)).rejects.toBeInstanceOf(TypeError)
  })
})

test('the demonstration is there only if it is asked for', async () => {
  for (const demonstration of [undefined, false, true]) {
    const { gatebook, remove } = await openEmbedded({ demonstration })
    const app = Fastify({ requestTimeout: 10_000 })
    await app.register(gatebook.plugin)
    expect((await app.inject('/api/1/secure/user')).statusCode).toBe(demonstration === true ? 401 : 404)
    expect('/api/1/secure/user' in gatebook.openApi().paths).toBe(demonstration === true)
    await app.close()
    remove()
  }
})

describe('metrics', () => {
  test('are off by default', async () => {
    const { gatebook, remove } = await openEmbedded()
    await expect(gatebook.metrics()).rejects.toThrow('there are no metrics: set the option metrics')
    await gatebook.close()
    remove()
  })

  test('of its own tell what happened, and nothing of the process', async () => {
    const { gatebook, remove } = await openEmbedded({ metrics: true })
    const app = Fastify({ requestTimeout: 10_000 })
    await app.register(gatebook.plugin)
    await app.inject({ method: 'POST', url: '/api/1/register', payload: body('ada') })
    await app.inject({ method: 'POST', url: '/api/1/login', payload: { ...body('ada'), password: 'wrong horse battery' } })
    const text = await gatebook.metrics()
    expect(text).toContain('gatebook_password_checks_total{outcome="rejected"} 1')
    expect(text).toMatch(/^gatebook_http_request_duration_seconds_count\{.*route="\/api\/1\/register".*\} 1$/m)
    expect(text).toMatch(/^gatebook_log_position [1-9]/m)
    expect(text).not.toMatch(/^(process|nodejs)_/m)
    expect(text).not.toContain('ada')
    await app.close()
    remove()
  })

  test('stand in the registry of the host as long as Gatebook is open', async () => {
    const register = new Registry()
    new Counter({ name: 'orders_total', help: 'Orders.', registers: [register] }).inc()
    const { gatebook, remove } = await openEmbedded({ metrics: register })
    const text = await register.metrics()
    expect(text).toContain('orders_total 1')
    expect(text).toMatch(/^gatebook_read_model_position \d/m)
    expect(text).toContain('gatebook_live_streams 0')
    expect(await gatebook.metrics()).not.toContain('orders_total')
    register.resetMetrics()

    const other = openEmbedded({ metrics: register })
    await expect(other).rejects.toThrow('metrics: expected a registry without metrics of another Gatebook')
    expect(await register.metrics()).toContain('gatebook_live_streams 0')

    await gatebook.close()
    expect(await register.metrics()).not.toContain('gatebook_')
    const again = await openEmbedded({ metrics: register })
    expect(await register.metrics()).toContain('gatebook_live_streams 0')
    await again.gatebook.close()
    again.remove()
    remove()
  })
})

describe('health', () => {
  test('is ready while the log is open, and says why it is not afterwards', async () => {
    const { gatebook, remove } = await openEmbedded()
    expect(await gatebook.health()).toEqual({ ready: true })
    await gatebook.close()
    expect(await gatebook.health()).toEqual({ ready: false, code: 'STORE_UNAVAILABLE', reason: 'log_unreachable', retryAfter: 1 })
    remove()
  })

  test('never rejects', async () => {
    const health = readinessOf(async () => {
      throw new Error('a fault')
    })
    expect(await health()).toEqual({ ready: false, code: 'STORE_UNAVAILABLE', reason: 'log_unreachable', retryAfter: 1 })
  })
})
