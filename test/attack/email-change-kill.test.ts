import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type State as Account, evolveAccount, initialAccount } from '../../domain/account/state.ts'
import { catalogue } from '../../domain/catalogue.ts'
import { type State as Claim, emailClaim } from '../../domain/email-claim/decider.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { person, type stepsOf } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { byStream, recordedLog } from '../support/server/recorded-log.ts'
import { mailTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

/** `KILL_ROUNDS=50` for the long run. */
const rounds = Number(process.env.KILL_ROUNDS ?? 3)
const workers = 8
const people = 16

type Mover = {
  readonly accountId: string
  readonly from: string
  readonly to: string
  readonly link: string
  isAcknowledged: boolean
  isUnderWay: boolean
}

const prepare = async (dataDir: string): Promise<readonly Mover[]> => {
  const app = await startTestServer({ dataDir })
  const movers: Mover[] = []
  for (let n = 0; n < people; n += 1) {
    const [from, to] = [`p${n}old@example.org`, `p${n}new@example.org`]
    const { token, accountId } = await app.register({ email: from })
    mustBe(202, await app.post('/email', { email: to, password: person.password }, token))
    await app.gatebook.settled()
    const link = ticketIn(await mailTo(dataDir, to, /^Confirm/))
    movers.push({ accountId, from, to, link, isAcknowledged: false, isUnderWay: false })
  }
  await app.stop()
  return movers
}

const confirmUntilItEnds = async ({ post }: ReturnType<typeof stepsOf>, left: Mover[], onAcknowledged: () => void) => {
  for (let mover = left.pop(); mover !== undefined; mover = left.pop()) {
    mover.isUnderWay = true
    try {
      const { status } = await post('/email/confirm', { token: mover.link })
      expect([204, 401]).toContain(status)
      mover.isUnderWay = false
      if (status !== 204) continue
      mover.isAcknowledged = true
      onAcknowledged()
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return
    }
  }
}

const reader = eventReader(Object.values(catalogue).flat(), upcasters)

const folded = async (dataDir: string) => {
  const accounts = new Map<string, Account>()
  const claims = new Map<string, Claim>()
  for (const [stream, events] of byStream(await recordedLog(dataDir))) {
    const [category, id] = [stream.slice(0, stream.indexOf('-')), stream.slice(stream.indexOf('-') + 1)]
    if (category !== 'account' && category !== 'emailClaim') continue
    const history = events.map((event) => {
      const decoded = reader.decode(event)
      if (decoded._tag === 'Left') throw new Error(`cannot read ${event.type}`)
      return decoded.right as never
    })
    if (category === 'account') accounts.set(id, history.reduce(evolveAccount, initialAccount))
    else claims.set(id, history.reduce(emailClaim.evolve, emailClaim.initial))
  }
  return { accounts, claims }
}

/** How many claims are not of the address that their account has. */
const heldByNobody = async (dataDir: string) => {
  const { accounts, claims } = await folded(dataDir)
  const held = [...claims].filter(([email, claim]) => {
    const account = claim.type === 'claimed' ? accounts.get(claim.by) : undefined
    return claim.type === 'claimed' && !(account?.type === 'active' && account.emailIndex === email)
  })
  for (const [id, account] of accounts)
    if (account.type === 'active') expect(claims.get(account.emailIndex ?? '')).toMatchObject({ type: 'claimed', by: id })
  return held.length
}

/** The one address at which each person logs in. */
const addressesOf = async ({ post }: ReturnType<typeof stepsOf>, movers: readonly Mover[]) => {
  const found = new Map<string, string[]>()
  for (const email of new Set(movers.flatMap(({ from, to }) => [from, to]))) {
    const { status, body } = await post('/login', { ...person, email, transport: 'bearer' })
    if (status === 200) found.set(body.accountId, [...(found.get(body.accountId) ?? []), email])
    else expect(status).toBe(401)
  }
  return found
}

test(`kill -9 while addresses are changed, ${rounds} times, leaves each address one owner and each account one address`, async () => {
  const random = seededRandom()
  const told = { acknowledged: 0, underWay: 0, halfDone: 0 }
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
    try {
      const movers = await prepare(dataDir)
      const server = await startGatebook({ dataDir })
      const enough = 1 + random.below(people / 2)
      let killed: Promise<unknown> | undefined
      let done = 0
      const onAcknowledged = () => {
        done += 1
        if (done >= enough) killed ??= server.kill()
      }
      // Each link is opened twice at once.
      const left = movers.flatMap((mover) => [mover, mover])
      await Promise.all(Array.from({ length: workers }, () => confirmUntilItEnds(overHttp(server.baseUrl), left, onAcknowledged)))
      expect(killed).toBeDefined()
      await killed
      told.halfDone += await heldByNobody(dataDir)

      const again = await startGatebook({ dataDir })
      expect(await heldByNobody(dataDir)).toBe(0)
      const app = overHttp(again.baseUrl)
      const addresses = await addressesOf(app, movers)
      for (const { accountId, from, to, isAcknowledged } of movers) {
        const [address, ...others] = addresses.get(accountId) ?? []
        expect(others).toEqual([])
        expect(isAcknowledged ? [to] : [from, to]).toContain(address)
      }
      for (const { from, accountId } of movers)
        if (addresses.get(accountId)?.[0] !== from) expect((await app.register({ email: from })).accountId).not.toBe(accountId)
      await again.stop()
      told.acknowledged += done
      told.underWay += movers.filter(({ isUnderWay }) => isUnderWay).length
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
  process.stderr.write(`kill -9, ${rounds} rounds of changes of addresses: ${JSON.stringify(told)}\n`)
  expect(told.acknowledged).toBeGreaterThan(0)
  expect(told.underWay).toBeGreaterThan(0)
}, 600_000)
