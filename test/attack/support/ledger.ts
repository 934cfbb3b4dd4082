import { type Answer, person, type stepsOf } from '../../support/server/client.ts'

type Steps = ReturnType<typeof stepsOf>

/** `underWay`: a call that changes the session was sent and never answered. */
type Kept = { readonly id: string; token: string; refreshToken: string; refreshes: number; revoked: boolean; underWay: boolean }

/** What a server has acknowledged. */
export type Ledger = {
  readonly accounts: { readonly accountId: string; readonly email: string }[]
  readonly sessions: Map<string, Kept>
  readonly locked: Set<string>
  interrupted: number
}

export const newLedger = (): Ledger => ({ accounts: [], sessions: new Map(), locked: new Set(), interrupted: 0 })

/** An unexpected response. */
export class Unexpected extends Error {
  readonly status: number
  constructor(expected: number, { status, body }: Answer) {
    super(`${status} ${body?.code} and not ${expected}`)
    this.status = status
  }
}

const mustBe = (expected: number, answer: Answer) => {
  if (answer.status !== expected) throw new Unexpected(expected, answer)
  return answer.body
}

const keep = (ledger: Ledger, { session, token, refreshToken }: Answer['body']): Kept => {
  const kept = { id: session.id, token, refreshToken, refreshes: 0, revoked: false, underWay: false }
  ledger.sessions.set(kept.id, kept)
  return kept
}

const refresh = async ({ post }: Steps, session: Kept) => {
  session.underWay = true
  const body = mustBe(200, await post('/session/refresh', { refreshToken: session.refreshToken }))
  Object.assign(session, { token: body.token, refreshToken: body.refreshToken, refreshes: session.refreshes + 1, underWay: false })
}

const revoke = async ({ del }: Steps, session: Kept, by: Kept) => {
  session.underWay = true
  mustBe(204, await del(`/sessions/${session.id}`, by.token))
  Object.assign(session, { revoked: true, underWay: false })
}

const lockOut = async ({ post }: Steps, ledger: Ledger, email: string) => {
  for (let n = 0; n < 6; n += 1) {
    const { body } = await post('/login', { email, password: 'a wrong guess', transport: 'bearer' })
    if (body.code === 'LOCKED_OUT') ledger.locked.add(email)
  }
}

/** Registers, logs in, exchanges, revokes, and locks itself out. */
export const life = async (steps: Steps, ledger: Ledger, email: string) => {
  const registered = mustBe(201, await steps.post('/register', { ...person, email, transport: 'bearer' }))
  ledger.accounts.push({ accountId: registered.accountId, email })
  const first = keep(ledger, registered)
  const second = keep(ledger, mustBe(200, await steps.post('/login', { ...person, email, transport: 'bearer' })))
  await refresh(steps, second)
  await refresh(steps, first)
  await revoke(steps, second, first)
  await lockOut(steps, ledger, email)
}

/** Runs lives in sequence until the connection breaks. Throws on an unexpected response. */
export const workUntilItEnds = async (steps: Steps, ledger: Ledger, name: string) => {
  for (let n = 0; ; n += 1) {
    try {
      await life(steps, ledger, `${name}n${n}@example.org`)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      ledger.interrupted += 1
      return
    }
  }
}
