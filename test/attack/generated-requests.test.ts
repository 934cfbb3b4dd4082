import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problems } from '../../api/problems.ts'
import { streams } from '../../application/journal/streams.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { seededRandom, testSeed } from '../support/seeded-random.ts'
import { person } from '../support/server/client.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'
import { randomOctets, randomRequest, type World } from './support/random-requests.ts'

const requests = Number(process.env.FUZZ_REQUESTS ?? 5000)
const atOnce = 16

type Answer = { readonly status: number; readonly type: string; readonly text: string; readonly headers: string }

const isFromTheTable = ({ status, type, text }: Answer) => {
  if (!type.startsWith('application/problem+json')) return false
  const { code, title, status: told } = JSON.parse(text)
  const known = problems[code as keyof typeof problems]
  return known !== undefined && known.status === status && known.status === told && known.title === title
}

/** Node itself responds, without a body, to an unknown `Expect` and to a request without `Host`. */
const isNodesOwn = ({ status, type }: Answer) => (status === 417 || status === 400) && type === ''

/** What is wrong with a response, or undefined. */
const fault = (answer: Answer, canary: string, isHead: boolean): string | undefined => {
  if (answer.status >= 500 && !(answer.status === 503 && answer.text.includes('"OVERLOADED"'))) return 'a fault of the service'
  if (`${answer.text}${answer.headers}`.includes(canary)) return 'echoes what was sent'
  if (answer.headers.includes('x-injected')) return 'takes a header from the caller'
  if (answer.status >= 400 && !isHead && !isFromTheTable(answer) && !isNodesOwn(answer)) return 'no problem from the table'
  return undefined
}

const remember = (world: World, text: string) => {
  if (!text.startsWith('{')) return
  const { token, refreshToken, accountId, session } = JSON.parse(text)
  const keep = (list: string[], value: unknown) => {
    if (typeof value !== 'string') return
    list.push(value)
    if (list.length > 30) list.splice(3, 1)
  }
  keep(world.tokens, token)
  keep(world.refreshTokens, refreshToken)
  keep(world.accounts, accountId)
  keep(world.sessions, session?.id)
}

describe(`${requests} generated requests, TEST_SEED=${testSeed}`, () => {
  let server: InProcess
  let world: World
  const crashes: unknown[] = []
  const onCrash = (error: unknown) => crashes.push(error)
  beforeAll(async () => {
    process.on('unhandledRejection', onCrash).on('uncaughtException', onCrash)
    server = await startTestServer({ env: { LOGIN_LOCKOUT_SECONDS: '1', LOGIN_LOCKOUT_MAX_SECONDS: '1', LOGIN_MAX_ATTEMPTS: '1000' } })
    const root = await server.setUp(setupToken)
    const ada = await server.register()
    const elevated = await server.elevated(root.token)
    world = {
      tokens: [elevated, ada.token],
      refreshTokens: [ada.refreshToken],
      accounts: [ada.accountId],
      sessions: [ada.session.id],
      emails: [person.email, 'root@example.org', ...Array.from({ length: 20 }, (_, n) => `fuzz${n}@example.org`)],
    }
  })
  /** Adds an active session, an elevated administrator and an account: requests keep ending them. */
  const renew = async (round: number) => {
    const { ports } = server.gatebook
    const admin = await server.register({ email: `admin${round}@example.org` })
    const join = { type: 'add' as const, accountId: admin.accountId as AccountId, at: ports.journal.now() }
    const metadata = { actor: 'system', correlationId: ports.journal.newId(), causationId: null }
    await ports.journal.decide(streams.administrators, join, metadata)()
    const elevated = await server.elevated(admin.token)
    const fresh = await server.register({ email: `renewed${round}@example.org` })
    world.tokens.unshift(elevated, elevated, fresh.token)
    world.refreshTokens.unshift(fresh.refreshToken)
    world.accounts.unshift(fresh.accountId)
    world.sessions.unshift(fresh.session.id)
    for (const list of [world.tokens, world.refreshTokens, world.accounts, world.sessions]) list.splice(8)
  }
  afterAll(async () => {
    await server.stop()
    process.off('unhandledRejection', onCrash).off('uncaughtException', onCrash)
  })

  test('meet no fault, no echo, and refusals from the table only', async () => {
    const random = seededRandom()
    const statuses = new Map<number, number>()
    const faults: string[] = []
    let sent = 0
    const one = async () => {
      sent += 1
      const canary = `cAnArY${testSeed.toString(36)}n${sent}x`
      const request = randomRequest(random, world, canary)
      const { statusCode: status, headers, payload: text } = await server.app.inject(request)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const answer = { status, type: String(headers['content-type']), text, headers: JSON.stringify(headers) }
      const wrong = fault(answer, canary, request.method === ('HEAD' as string))
      if (wrong !== undefined) faults.push(`${wrong}: ${JSON.stringify(request).slice(0, 500)} -> ${status} ${text.slice(0, 300)}`)
      if (status < 300) remember(world, text)
    }
    while (sent < requests && faults.length < 10) {
      if (sent % (atOnce * 20) === 0) await renew(sent)
      await Promise.all(Array.from({ length: atOnce }, one))
    }
    const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    process.stderr.write(`generated requests: ${sent}, TEST_SEED=${testSeed}, ${counts.join(', ')}\n`)
    expect(faults).toEqual([])
    expect(crashes).toEqual([])
    for (const status of [200, 201, 204, 400, 401, 403, 404, 415, 422]) expect(statuses.get(status), `no ${status}`).toBeGreaterThan(0)
    expect((await server.get('/health/ready')).status).toBe(200)
  }, 3_600_000)

  test('that are not quite HTTP meet none either', async () => {
    const random = seededRandom()
    const { port } = new URL(server.url)
    const faults: string[] = []
    const one = async (n: number) => {
      const canary = `cAnArY${testSeed.toString(36)}r${n}x`
      const octets = randomOctets(random, canary)
      let text = ''
      const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8')
      socket.on('data', (part) => {
        text += part
        if (text.includes('\r\n\r\n')) setTimeout(() => socket.destroy(), 50)
      })
      socket.on('error', () => {})
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.end(octets)
      await closed
      if (text === '') return
      const [head = '', body = ''] = text.split('\r\n\r\n')
      const status = Number(head.slice(9, 12))
      const type = /^content-type: (.*)$/im.exec(head)?.[1] ?? ''
      const wrong = fault({ status, type, text: body, headers: head }, canary, false)
      if (wrong !== undefined) faults.push(`${wrong}: ${octets.slice(0, 300)} -> ${text.slice(0, 500)}`)
    }
    const connections = Math.ceil(requests / 20)
    for (let n = 0; n < connections; n += atOnce) await Promise.all(Array.from({ length: atOnce }, (_, m) => one(n + m)))
    expect([...new Set(faults)]).toEqual([])
    expect(crashes).toEqual([])
    expect((await server.get('/health/ready')).status).toBe(200)
  }, 3_600_000)
})
