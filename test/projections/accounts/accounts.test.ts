import { describe, expect, test } from 'vitest'
import { accountQueries } from '../../../projections/accounts/account-queries.ts'
import { accountId, blindIndex, sealed } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'
import { linesOf, type Step } from '../support/any-history.ts'
import { contents } from '../support/contents.ts'
import { embeddedLog } from '../support/embedded-log.ts'

const step = (verb: Step['verb']): Step => ({ verb, account: 1, session: 0, back: 0, wait: 0 })
const given = (...steps: Step[]) => {
  const { db, commit } = embeddedLog()
  commit(...linesOf(steps))
  return { db, queries: accountQueries(db) }
}

describe('the accounts', () => {
  test('are known by id and by the index of their address', () => {
    const { queries } = given(step('granted'), step('asserted'))
    const account = {
      accountId: accountId(1),
      status: 'active',
      email: sealed('e'),
      emailVerified: false,
      roles: ['role0'],
      claims: { claim0: 0 },
      registeredAt: noon,
      lastLoginAt: null,
    }
    expect(queries.byId(accountId(1))).toEqual(account)
    expect(queries.byEmailIndex(blindIndex(1))).toEqual(account)
    expect(queries.byId(accountId(9))).toBeUndefined()
  })

  test('come in pages, in the order of registration', () => {
    const { queries } = given()
    const first = queries.page({ limit: 2 })
    expect(first.accounts.map((account) => account.accountId)).toEqual([accountId(1), accountId(2)])
    expect(queries.page({ limit: 2, ...(first.next !== null && { after: first.next }) })).toMatchObject({
      accounts: [{ accountId: accountId(3) }],
      next: null,
    })
  })

  test.each([
    [['disabled'], 'disabled'],
    [['disabled', 'enabled'], 'active'],
    [['disabled', 'erased'], 'erased'],
    [['erased', 'enabled'], 'erased'],
  ] as const)('after %j are %s', (verbs, status) => {
    expect(given(...verbs.map((verb) => step(verb))).queries.byId(accountId(1))?.status).toBe(status)
  })

  test.each([
    [['replacedKeeping'], false],
    [['replaced'], true],
    [['replaced', 'replacedKeeping'], true],
    [['replaced', 'erased'], false],
  ] as const)('after %j have a verified address: %s', (verbs, emailVerified) => {
    expect(given(...verbs.map((verb) => step(verb))).queries.byId(accountId(1))?.emailVerified).toBe(emailVerified)
  })

  test('that are erased leave nothing personal behind, and are owed until their address is let go of', () => {
    const { db, queries } = given(step('granted'), step('erased'))
    expect(queries.byId(accountId(1))).toEqual({
      accountId: accountId(1),
      status: 'erased',
      email: null,
      emailVerified: false,
      roles: [],
      claims: {},
      registeredAt: noon,
      lastLoginAt: null,
    })
    expect(queries.byEmailIndex(blindIndex(1))).toBeUndefined()
    expect(JSON.stringify(contents(db).accounts_v7?.[0])).not.toContain(blindIndex(1))
    expect(queries.erasures()).toEqual([{ accountId: accountId(1) }])
  })

  test('that are erased are owed nothing any more once their address is free', () => {
    expect(given(step('erased'), step('released')).queries.erasures()).toEqual([])
  })
})
