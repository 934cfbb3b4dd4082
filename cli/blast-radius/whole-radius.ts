import type { Radius } from '../../api/audit/blast-radius/radius-shapes.ts'

/** All pages together. */
export type WholeRadius = Omit<Radius, 'next'>

export const nothingDerived: WholeRadius = { attempts: [], sessions: [], accounts: [], accountsCut: false }

/** The counts of an account are of its networks, so a later page that repeats a network repeats them. */
export function mergedRadius(before: WholeRadius, { attempts, sessions, accounts, accountsCut }: Radius): WholeRadius {
  return {
    attempts: [...before.attempts, ...attempts],
    sessions: [...before.sessions, ...sessions],
    accounts: [...new Map([...before.accounts, ...accounts].map((entry) => [entry.account, entry])).values()],
    accountsCut: before.accountsCut || accountsCut,
  }
}
