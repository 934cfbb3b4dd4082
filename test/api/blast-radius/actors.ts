import { expect } from 'vitest'
import type { Random } from '../../support/random.ts'
import { stepsOf } from '../../support/server/client.ts'
import type { InProcess } from '../../support/server/start-test-server.ts'

export const networks = ['198.51.100.7', '192.0.2.10', '203.0.113.9', '2001:db8:1:2::5'] as const
export const people = ['ada@example.org', 'bob@example.org', 'eve@example.org', 'root@example.org'] as const

/** What the test knows of a session that it began. */
export type Known = {
  readonly id: string
  readonly account: string
  readonly network: string
  readonly email: string
  token: string
  refreshToken: string
  isAlive: boolean
  refreshes: number
  tokens: number
  elevations: number
  isElevated: boolean
  readonly changes: string[]
}

/** Acts as people in their sessions, and keeps what the blast radius of each must be. */
export const actors = (app: InProcess, accounts: ReadonlyMap<string, string>) => {
  const sessions: Known[] = []
  const attempts = new Map<string, number>()
  const spoken = new Map<string, string>()
  const from = (address: string) => stepsOf((call) => app.send({ ...call, headers: { ...call.headers, 'x-forwarded-for': address } }))

  const logIn = async (email: string, network: string) => {
    const { token, refreshToken, accountId, session } = await from(network).logIn({ email })
    attempts.set(network, (attempts.get(network) ?? 0) + 1)
    const nothing = { isAlive: true, refreshes: 0, tokens: 0, elevations: 0, isElevated: false, changes: [] }
    sessions.push({ id: session.id, account: accountId, network, email, token, refreshToken, ...nothing })
  }
  const guess = async (email: string, network: string) => {
    await from(network).post('/login', { email, password: 'wrong wrong wrong', transport: 'bearer' })
    attempts.set(network, (attempts.get(network) ?? 0) + 1)
  }
  const refresh = async (own: Known) => {
    const { status, body } = await from(own.network).post('/session/refresh', { refreshToken: own.refreshToken })
    expect(status).toBe(200)
    Object.assign(own, { token: body.token, refreshToken: body.refreshToken, refreshes: own.refreshes + 1, isElevated: false })
  }
  const elevate = async (own: Known) => {
    own.token = await from(own.network).elevated(own.token)
    own.elevations += 1
    own.isElevated = true
  }
  const issue = async (own: Known) => {
    expect((await from(own.network).post('/token', undefined, own.token)).status).toBe(200)
    own.tokens += 1
  }
  const speak = async (own: Known, language: string) => {
    const { status } = await from(own.network).put('/me/language', { language }, own.token)
    expect(status).toBeLessThan(300)
    own.changes.push(`LanguageChosen ${own.account}`)
  }
  const appoint = async (own: Known, target: string, role: string) => {
    if (!own.isElevated) await elevate(own)
    const { status } = await from(own.network).put(`/admin/accounts/${target}/roles/${role}`, undefined, own.token)
    expect(status).toBeLessThan(300)
    own.changes.push(`RoleGranted ${target}`)
  }
  const logOut = async (own: Known) => {
    await from(own.network).post('/logout', undefined, own.token)
    own.isAlive = false
  }

  const others = people.filter((email) => email !== 'root@example.org')
  /** The same language again would be no event, and the same role neither. */
  const change = async (own: Known, random: Random) => {
    if (own.email === 'root@example.org') return appoint(own, accounts.get(random.pick(others)) ?? '', `role-${random.below(1_000_000)}`)
    const language = random.pick(['en', 'de', 'fr', 'es'].filter((other) => other !== spoken.get(own.account)))
    spoken.set(own.account, language)
    return speak(own, language)
  }
  const verbs = [refresh, elevate, issue, logOut, change, change, change]
  const step = async (random: Random) => {
    const alive = sessions.filter(({ isAlive }) => isAlive)
    const kind = random.below(verbs.length + 2)
    const verb = verbs[kind]
    if (verb === undefined) return (kind === verbs.length ? logIn : guess)(random.pick(people), random.pick(networks))
    return alive.length === 0 ? undefined : verb(random.pick(alive), random)
  }
  return { sessions, attempts, from, logIn, step }
}
