import { type AccountEvent, AccountSummarized } from './events.ts'
import type { Registered, State } from './registered.ts'

type Summarized = ReturnType<typeof AccountSummarized>['data']

export function fromAccountSummary(summarized: Summarized): Registered {
  const { isActive, identities, roles, claims, endedRevision, keptSessionId, at: _, ...account } = summarized
  return {
    type: isActive ? 'active' : 'disabled',
    ...account,
    identities: new Map(identities.map(({ fingerprint, loginIndex }) => [fingerprint, loginIndex])),
    roles: new Set(roles),
    claims: new Map(claims.map(({ name, value }) => [name, value])),
    ended: { revision: endedRevision, kept: keptSessionId },
  }
}

export function summarizeAccount(state: State, next: AccountEvent) {
  if (state.type !== 'active' && state.type !== 'disabled') return null
  const { type, revision, identities, roles, claims, ended, ...account } = state
  return AccountSummarized({
    ...account,
    identities: [...identities].map(([fingerprint, loginIndex]) => ({ fingerprint, loginIndex })),
    isActive: type === 'active',
    revision: revision + 1,
    roles: [...roles],
    claims: [...claims].map(([name, value]) => ({ name, value })),
    endedRevision: ended.revision,
    keptSessionId: ended.kept,
    at: next.data.at,
  })
}
