import type { AnswerOf } from '../../../client/result.ts'

type Page = AnswerOf<'GET /audit/blast-radius'>

/** Several pages together. `isCut`: there are more than were read. */
export type Radius = Omit<Page, 'next'> & { readonly isCut: boolean }
export type RadiusSession = Page['sessions'][number]
export type RadiusEntry = Page['attempts'][number]

const originNames = ['address', 'session', 'account'] as const

/** Exactly one of them. */
export type RadiusOrigin = { readonly name: (typeof originNames)[number]; readonly value: string }

export function originIn(search: URLSearchParams): RadiusOrigin | undefined {
  const found = originNames.flatMap((name) => {
    const value = search.get(name)
    return value === null ? [] : [{ name, value }]
  })
  return found.length === 1 ? found[0] : undefined
}

export function radiusPath(name: RadiusOrigin['name'], value: string): string {
  return `/admin/blast-radius?${new URLSearchParams({ [name]: value }).toString()}`
}

export function addPage(before: Radius | undefined, page: Page): Radius {
  const accounts = new Map([...(before?.accounts ?? []), ...page.accounts].map((account) => [account.account, account]))
  return {
    attempts: [...(before?.attempts ?? []), ...page.attempts],
    sessions: [...(before?.sessions ?? []), ...page.sessions],
    accounts: [...accounts.values()],
    accountsCut: (before?.accountsCut ?? false) || page.accountsCut,
    isCut: page.next !== null,
  }
}
