import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Radius } from '../../../api/audit/blast-radius/radius-shapes.ts'
import { randomFrom } from '../../support/random.ts'
import { testSeed } from '../../support/seeded-random.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { actors, type Known, networks, people } from './actors.ts'

const [evil] = networks

describe(`the blast radius of a random history (TEST_SEED=${testSeed})`, () => {
  let app: InProcess
  let root = ''
  let acting: ReturnType<typeof actors>
  const accounts = new Map<string, string>()

  beforeAll(async () => {
    app = await startTestServer({
      env: {
        TRUSTED_PROXIES: '127.0.0.1',
        LOGIN_MAX_ATTEMPTS: '100',
        LOGIN_RATE_PER_MINUTE: '0',
        RATE_PER_MINUTE: '0',
        MAX_SESSIONS: '1000',
      },
    })
    const set = await app.setUp(setupToken)
    accounts.set('root@example.org', set.accountId)
    root = await app.elevated(set.token)
    for (const email of people.slice(0, 3)) accounts.set(email, (await app.register({ email })).accountId)
    acting = actors(app, accounts)
    const random = randomFrom(testSeed)
    // One each to begin with, so that every network has a session of everybody.
    for (const network of networks) for (const email of people) await acting.logIn(email, network)
    for (let step = 0; step < 120; step++) await acting.step(random)
    await acting.logIn('ada@example.org', evil)
  }, 120_000)
  afterAll(() => app.stop())

  const whole = async (query: string) => {
    const pages: Radius[] = []
    let cursor = ''
    do {
      const { status, body } = await app.get(`/audit/blast-radius?${query}${cursor}`, root)
      expect(status).toBe(200)
      pages.push(body)
      cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`
    } while (cursor !== '')
    return { attempts: pages.flatMap((page) => page.attempts), sessions: pages.flatMap((page) => page.sessions), pages }
  }
  const told = ({ sessions }: Pick<Radius, 'sessions'>) =>
    sessions.map((session) => ({
      id: session.id,
      account: session.account,
      active: session.active,
      refreshes: session.refreshes,
      tokens: session.accessTokens.length,
      elevations: session.elevations.length,
      changes: session.changes.map(({ type, account }) => `${type} ${account}`),
      by: [...new Set(session.changes.map(({ attributedBy }) => attributedBy))],
    }))
  const known = (which: (session: Known) => boolean) =>
    acting.sessions.filter(which).map(({ id, account, isAlive: active, refreshes, tokens, elevations, changes }) => {
      return { id, account, active, refreshes, tokens, elevations, changes, by: changes.length > 0 ? ['session'] : [] }
    })

  test('holds for each network its sessions and attempts, and for each session what was done in it, and nothing else', async () => {
    for (const network of networks) {
      const found = await whole(`address=${encodeURIComponent(network)}`)
      expect(told(found)).toEqual(known((session) => session.network === network))
      expect(found.attempts).toHaveLength(acting.attempts.get(network) ?? 0)
      expect(found.attempts.every(({ type }) => type === 'LoginAttempted')).toBe(true)
      expect(found.pages[0]?.accounts.map(({ account }) => account).sort()).toEqual([...accounts.values()].sort())
    }
  })

  test('holds the sessions of an account, from whichever network, and one session alone', async () => {
    const account = accounts.get('ada@example.org')
    const found = await whole(`account=${account}`)
    // The registration began one that this test did not begin.
    expect(told(found).slice(1)).toEqual(known((session) => session.account === account))
    const one = acting.sessions[5] as Known
    const alone = await whole(`session=${one.id}`)
    expect(told(alone)).toEqual(known(({ id }) => id === one.id))
    expect(alone.attempts).toEqual([])
  })

  test('holds nothing of before or after', async () => {
    const all = (await whole(`address=${evil}`)).sessions
    const at = all[2]?.grantedAt as unknown as string
    const later = await whole(`address=${evil}&since=${at}`)
    expect(later.sessions.map(({ id }) => id)).toEqual(
      all.filter(({ grantedAt }) => (grantedAt as unknown as string) >= at).map(({ id }) => id),
    )
    expect((await whole(`address=${evil}&to=2020-01-01T00:00:00.000Z`)).sessions).toEqual([])
    expect((await whole('address=192.0.2.200')).sessions).toEqual([])
  })

  test('is for administrators, to end it takes an elevation, and each reading is recorded', async () => {
    const somebody = acting.sessions.find(({ isAlive, email }) => isAlive && email !== 'root@example.org') as Known
    expect((await app.get(`/audit/blast-radius?address=${evil}`, somebody.token)).body.code).toBe('ROLE_REQUIRED')
    expect((await app.get(`/audit/blast-radius?address=${evil}`)).status).toBe(401)
    const fresh = await acting.from(networks[1]).logIn({ email: 'root@example.org' })
    expect((await app.post('/audit/blast-radius/revoke', { address: evil }, fresh.token)).body.code).toBe('ELEVATION_REQUIRED')
    for (const query of [
      '',
      '?since=2026-01-01T00:00:00.000Z',
      `?address=${evil}&account=${somebody.account}`,
      '?address=nowhere',
      `?address=${evil}&cursor=x`,
    ])
      expect((await app.get(`/audit/blast-radius${query}`, root)).body.code, query).toBe('VALIDATION_FAILED')
    const { body } = await app.get(`/audit?type=DataRead&account=${accounts.get('root@example.org')}`, root)
    expect(body.entries.length).toBeGreaterThan(0)
    await app.post('/logout', undefined, fresh.token)
  })

  test('ends every session that came from the network, with its refresh tokens, and no other', async () => {
    const end = async () => {
      let [ended, cursor] = [0, undefined as string | undefined]
      do {
        const { status, body } = await app.post('/audit/blast-radius/revoke', { address: evil, ...(cursor && { cursor }) }, root)
        expect(status).toBe(200)
        ended += body.ended
        cursor = body.next ?? undefined
      } while (cursor !== undefined)
      return ended
    }
    const alive = acting.sessions.filter(({ isAlive, network }) => isAlive && network === evil)
    expect(alive.length).toBeGreaterThan(0)
    // Whoever else ends them at the same time: each is ended, and counted, once.
    const [one, other] = await Promise.all([end(), end()])
    expect(one + other).toBe(alive.length)
    expect(await end()).toBe(0)
    for (const { network, token, refreshToken, isAlive } of acting.sessions) {
      expect((await app.get('/session', token)).status).toBe(isAlive && network !== evil ? 200 : 401)
      if (network === evil) expect((await acting.from(network).post('/session/refresh', { refreshToken })).status).toBe(401)
    }
    const after = await whole(`address=${evil}`)
    expect(after.sessions.some(({ active }) => active)).toBe(false)
    expect(new Set(after.sessions.flatMap(({ because }) => because ?? []))).toEqual(new Set(['revoked_by_admin', 'logged_out']))
  })

  test('keeps the session of the administrator who asks', async () => {
    const account = accounts.get('root@example.org')
    const { body } = await app.post('/audit/blast-radius/revoke', { account }, root)
    expect(body.kept).toBe(1)
    expect((await app.get('/session', root)).status).toBe(200)
  })
})
