import { right } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchAccounts } from '../../../api/admin/search-accounts.ts'
import type { Sealed } from '../../../domain/kernel/sealed.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

type Found = { readonly id: string; readonly email: string }

describe('accounts found by the beginning of their address', () => {
  let app: InProcess
  let token: string
  beforeAll(async () => {
    app = await startTestServer()
    token = (await app.setUp(setupToken)).token
    for (const email of ['Ada.Lovelace@example.org', 'adam@example.com', 'grace@example.org', 'jürgen@example.org', 'a@münchen.example'])
      await app.register({ email })
    for (let n = 0; n < 110; n += 1) await app.register({ email: `many${n}@example.org` })
  })
  afterAll(() => app.stop())

  const search = (query: string) => app.get(`/admin/accounts?${query}`, token)
  const found = async (prefix: string) => {
    const { body } = await search(`prefix=${encodeURIComponent(prefix)}`)
    return { emails: body.accounts.map(({ email }: Found) => email), next: body.next }
  }

  test.each([
    ['ada', ['Ada.Lovelace@example.org', 'adam@example.com']],
    ['ADA.', ['Ada.Lovelace@example.org']],
    [' adam@Example.C', ['adam@example.com']],
    ['adam@example.com', ['adam@example.com']],
    ['jürgen', ['jürgen@example.org']],
    ['jürgen'.normalize('NFD').toUpperCase(), ['jürgen@example.org']],
    ['a@MÜNCHEN.example', ['a@xn--mnchen-3ya.example']],
    ['dam', []],
    ['%', []],
    ['@example', []],
  ])('%j finds %j', async (prefix, emails) => expect(await found(prefix)).toEqual({ emails, next: null }))

  test('are listed page by page, each once, in order of registration', async () => {
    const emails: string[] = []
    let pages = 0
    for (let next: string | null = ''; next !== null; pages += 1) {
      const { body } = await search(`prefix=many${next === '' ? '' : `&cursor=${next}`}`)
      emails.push(...body.accounts.map(({ email }: Found) => email))
      next = body.next
    }
    expect(pages).toBe(2)
    expect(emails).toEqual(Array.from({ length: 110 }, (_, n) => `many${n}@example.org`))
  })

  test('are not mixed with a search for a whole address', async () => {
    expect(await search('prefix=a&email=adam@example.com')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    expect((await search('prefix=')).status).toBe(400)
  })
})

test('a request looks at 2,000 accounts at most, gives way to other work, and the next one goes on', async () => {
  const accounts = 4_100
  const entry = (number: number) => ({ number, email: `person${number}@example.org` as Sealed })
  let opened = 0
  let turns = 0
  const context = {
    accountQueries: {
      page: ({ after = 0, limit }: { after?: number; limit: number }) => {
        const shown = Array.from({ length: Math.min(limit, accounts - after) }, (_, n) => entry(after + n + 1))
        return { accounts: shown, next: after + limit < accounts ? after + limit : null }
      },
    },
    crypto: {
      vault: {
        unseal: (_: string, sealed: string) => async () => {
          opened += 1
          return right(sealed)
        },
      },
    },
  } as unknown as Parameters<typeof searchAccounts>[0]
  let isOver = false
  const otherWork = async () => {
    while (!isOver) {
      await new Promise((next) => setImmediate(next))
      turns += 1
    }
  }
  const others = otherWork()
  const pages = []
  for (let next: number | null = 0; next !== null; ) {
    const before = opened
    const page = await searchAccounts(context, 'person4099@', next === 0 ? undefined : next)
    pages.push({ found: page.accounts.length, opened: opened - before })
    next = page.next
  }
  isOver = true
  await others
  expect(pages).toEqual([
    { found: 0, opened: 2_000 },
    { found: 0, opened: 2_000 },
    { found: 1, opened: 100 },
  ])
  expect(turns).toBeGreaterThanOrEqual(60)
})
