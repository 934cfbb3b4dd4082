import fc from 'fast-check'
import { left } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { eraseAccount, finishErasures } from '../../../application/accounts/erase-account.ts'
import { findAccountByEmail } from '../../../application/accounts/find-account.ts'
import type { EventStore } from '../../../application/ports/event-store.ts'
import type { State as Account } from '../../../domain/account/state.ts'
import type { State as Claim } from '../../../domain/email-claim/decider.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { confirming, finishing, foldLog, linkFor } from '../../support/test-app/emails.ts'
import { wholeLog } from '../../support/test-app/log.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { address, registering } from '../../support/test-app/people.ts'
import { delaying, goneAway } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const addresses = ['a', 'b', 'c', 'd'].map(address)

const move = fc.record({
  type: fc.constantFrom('change' as const, 'change' as const, 'change' as const, 'erase' as const, 'register' as const),
  who: fc.nat(2),
  to: fc.nat(addresses.length - 1),
  seed: fc.nat(),
  /** The node dies after so many appends. */
  dies: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
})
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

/** Moves of a round run at once. */
const aHistory = fc.array(fc.record({ moves: fc.array(move, { minLength: 1, maxLength: 4 }), minutes: fc.nat(2), starts: fc.boolean() }), {
  minLength: 3,
  maxLength: 6,
})

const dyingAfter =
  (appends: number) =>
  (store: EventStore): EventStore => {
    let rest = appends
    return {
      ...store,
      read: (stream, from) => (rest > 0 ? store.read(stream, from) : async () => left(goneAway)),
      append: (stream, expected, events) => async () => (rest-- > 0 ? store.append(stream, expected, events)() : left(goneAway)),
    }
  }

const isLive = (account: Account) => account.type === 'active'

/** At every moment of the log: each live account has an address that it has claimed, so nobody else has it. */
const eachHasItsOwn = (accounts: ReadonlyMap<string, Account>, claims: ReadonlyMap<string, Claim>) => {
  for (const [id, account] of accounts) {
    if (account.type !== 'active') continue
    expect(claims.get(account.emailIndex ?? '')).toMatchObject({ type: 'claimed', by: id })
  }
}

/** In the end: an address is claimed only by the account that has it, or by one that was never registered. */
const nothingIsHeld = (accounts: ReadonlyMap<string, Account>, claims: ReadonlyMap<string, Claim>) => {
  for (const [email, claim] of claims) {
    const account = claim.type === 'claimed' ? accounts.get(claim.by) : undefined
    if (account === undefined || account.type === 'abandoned') continue
    expect(account).toMatchObject({ type: 'active', emailIndex: email })
  }
}

const eachLogsInWithOne = async (app: TestApp, accounts: ReadonlyMap<string, Account>) => {
  const found = await Promise.all(addresses.map((email) => succeed(findAccountByEmail(app.deps)(app.deps.crypto.indexEmail(email)))))
  const owners = found.flatMap((account) => (account === null ? [] : [account.accountId]))
  expect(owners.toSorted()).toEqual(
    [...accounts]
      .filter(([, account]) => isLive(account))
      .map(([id]) => id)
      .toSorted(),
  )
}

const doing = async (app: TestApp, people: (AccountId | null)[], { type, who, to, seed, dies }: Move) => {
  const person = people[who] ?? null
  const email = addresses[to]
  if (email === undefined) return async () => undefined
  const node = await app.restart({ store: (store) => delaying(seed)(dies === null ? store : dyingAfter(dies)(store)) })
  if (type === 'register') {
    return async () => {
      const outcome = await registering(node, email)()
      if (outcome._tag === 'Right' && person === null) people[who] = outcome.right.session.accountId
      return outcome._tag
    }
  }
  if (person === null) return async () => undefined
  if (type === 'erase') {
    people[who] = null
    return eraseAccount(node.deps)({ accountId: person, because: 'requested_by_owner', actor: person }, node.caller)
  }
  const link = await linkFor(app, person, email).catch(() => '')
  return async () => (await confirming(node, link)())._tag
}

const finishAll = async (app: TestApp) => {
  const erased: { accountId: AccountId; emailIndex: never }[] = []
  await foldLog(app, (accounts) => {
    erased.length = 0
    for (const [id, account] of accounts)
      if (account.type === 'erased') erased.push({ accountId: id as AccountId, emailIndex: account.emailIndex as never })
  })
  expect(await finishErasures(app.deps, erased)).toBe(0)
  expect(await finishing(app)).toBe(0)
}

test('however changes of addresses interleave and crash, each live address has one owner and each account one address', async () => {
  const cases = caseCounter()
  await fc.assert(
    fc.asyncProperty(aHistory, async (rounds) => {
      const app = await openTestApp()
      const people: (AccountId | null)[] = []
      for (const name of ['a', 'b']) people.push((await succeed(registering(app, address(name)))).session.accountId)
      for (const { moves, minutes, starts } of rounds) {
        const tasks = []
        for (const one of moves) tasks.push(await doing(app, people, one))
        await Promise.all(tasks.map((task) => task()))
        app.clock.set(instant(app.clock.now() + minutes * 60_000))
        let accounts: ReadonlyMap<string, Account> = new Map()
        await foldLog(app, (now) => {
          accounts = now
        })
        await eachLogsInWithOne(await app.restart(), accounts)
        if (starts) await finishAll(await app.restart())
      }
      await foldLog(app, eachHasItsOwn)
      let end: ReadonlyMap<string, Account> = new Map()
      let held = 0
      await foldLog(app, (accounts, claims) => {
        end = accounts
        held = [...claims.values()].filter((claim) => claim.type === 'claimed').length - [...accounts.values()].filter(isLive).length
      })
      await eachLogsInWithOne(await app.restart(), end)
      await finishAll(await app.restart())
      let last: readonly [ReadonlyMap<string, Account>, ReadonlyMap<string, Claim>] = [new Map(), new Map()]
      await foldLog(app, (...now) => {
        last = now
      })
      nothingIsHeld(...last)
      await foldLog(app, eachHasItsOwn)
      await eachLogsInWithOne(await app.restart(), last[0])
      cases.count('a claim left by a crash', held > 0 ? 1 : 0)
      for (const { type } of await wholeLog(app)) cases.count(type)
    }),
    { numRuns: Number(process.env.EMAIL_RUNS ?? 50), endOnFailure: true },
  )
  cases.expectAtLeast(5, 'EmailReplaced', 'EmailReserved', 'EmailReleased', 'AccountErased', 'a claim left by a crash')
}, 120_000)
