import Fastify from 'fastify'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { handedOver } from '../../../infrastructure/observability/host-logger.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'
import { body, openEmbedded, recordedLines } from './support.ts'

const sink = () => {
  const lines: Record<string, unknown>[] = []
  return { lines, destination: { write: (line: string) => void lines.push(JSON.parse(line)) } }
}

const completed = (lines: readonly Record<string, unknown>[]) => lines.filter(({ msg, route }) => msg === 'request completed' && route)

test('lines go to the logger of the app that registers the plugin, marked, and name nobody', async () => {
  const { gatebook, remove } = await openEmbedded({ logLevel: 'silent' })
  const { lines, destination } = sink()
  const app = Fastify({ requestTimeout: 0, loggerInstance: pino({ base: null }, destination) })
  await app.register(gatebook.plugin)
  expect(lines).toContainEqual(
    expect.objectContaining({ module: 'gatebook', msg: expect.stringMatching(/^requestTimeout of the app is 0/) }),
  )
  await app.inject({ method: 'POST', url: '/api/1/register', payload: body('ada') })
  expect(completed(lines)).toEqual([
    expect.objectContaining({
      module: 'gatebook',
      method: 'POST',
      route: '/api/1/register',
      status: 201,
      correlationId: expect.any(String),
    }),
  ])
  expect(JSON.stringify(completed(lines))).not.toContain('ada@')
  await app.close()
  remove()
})

test('an app without a logger swallows nothing: lines stay on standard output', async () => {
  const written: string[] = []
  const own = createLogger('info', { write: (line) => void written.push(line) })
  const { logger, handOver } = handedOver(own)
  logger.warn('before')
  const { logger: given, lines } = recordedLines()
  handOver(given)
  logger.warn('after')
  expect([written.length, lines.map(({ line }) => line)]).toEqual([1, ['after']])

  const stdout = vi.spyOn(process.stdout, 'write')
  const { gatebook, remove } = await openEmbedded({ logLevel: 'warn' })
  const { lines: ofHost, destination } = sink()
  const app = Fastify({ requestTimeout: 0 })
  await app.register(gatebook.plugin)
  expect([ofHost, destination]).toEqual([[], expect.anything()])
  await app.close()
  stdout.mockRestore()
  remove()
})

test('the option logger takes every line from the start, and keeps them', async () => {
  const { logger, texts, lines } = recordedLines()
  const { gatebook, remove } = await openEmbedded({ logger, environment: { NODE_ENV: 'staging' }, logLevel: 'silent' })
  expect(texts()).toEqual([expect.stringMatching(/^NODE_ENV is not production/)])
  const { lines: ofApp, destination } = sink()
  const app = Fastify({ requestTimeout: 0, loggerInstance: pino({ base: null }, destination) })
  await app.register(gatebook.plugin)
  expect(texts()).toEqual([expect.anything(), expect.stringMatching(/^requestTimeout/)])
  await app.inject('/api/1/session')
  expect(lines.at(-1)).toMatchObject({ level: 'info', fields: { route: '/api/1/session', status: 401 } })
  expect(ofApp.filter(({ module }) => module === 'gatebook')).toEqual([])
  await app.close()
  remove()
})

test('no logger of a host gets the message of an error, which may quote what somebody sent', () => {
  const { logger: given, lines } = recordedLines()
  const { logger, handOver } = handedOver(createLogger('silent'))
  handOver(given)
  logger.error({ error: new SyntaxError('"ada@example.org" is not JSON'), attempt: 2 }, 'it failed')
  logger.error({ error: 'ada@example.org' }, 'it failed')
  expect(lines.map(({ fields }) => fields)).toEqual([
    { error: { name: 'SyntaxError', frames: expect.any(Array) }, attempt: 2 },
    { error: { name: 'string' } },
  ])
  expect(JSON.stringify(lines)).not.toContain('ada@')
})
