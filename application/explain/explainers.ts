import { accessExplainer } from '../../domain/access/explain.ts'
import { accountExplainer } from '../../domain/account/explain.ts'
import { administratorsExplainer } from '../../domain/administrators/explain.ts'
import type { catalogue, DomainEvent } from '../../domain/catalogue.ts'
import { consentExplainer } from '../../domain/consent/explain.ts'
import { devicesExplainer } from '../../domain/devices/explain.ts'
import { emailClaimExplainer } from '../../domain/email-claim/explain.ts'
import { identityExplainer } from '../../domain/identity/explain.ts'
import { type Explainer, type Explanation, explain } from '../../domain/kernel/explain/explanation.ts'
import { categoryOf } from '../../domain/kernel/streams.ts'
import { loginExplainer } from '../../domain/login/explain.ts'
import { codeExplainer } from '../../domain/second-factor/explain.ts'
import { sessionExplainer } from '../../domain/session/explain.ts'
import type { Policies } from '../journal/aggregates.ts'

type Category = keyof typeof catalogue

/** Events of one stream, read up to and beyond the one in question. */
type Reading = { readonly before: readonly DomainEvent[]; readonly run: readonly DomainEvent[]; readonly index: number }

export type StreamExplainer = {
  readonly summary: string | null
  readonly explain: (reading: Reading) => Explanation<DomainEvent>
}

const of = <State, Command extends { readonly type: string }, Event extends DomainEvent>(
  explainer: Explainer<State, Command, Event>,
): StreamExplainer => ({
  summary: explainer.decider.summary?.type ?? null,
  // The category of the stream says which events can be in it.
  explain: ({ before, run, index }) => {
    const { initial, evolve } = explainer.decider
    return explain(explainer, (before as readonly Event[]).reduce(evolve, initial), run as readonly Event[], index)
  },
})

const explainers = (policies: Policies): Partial<Record<Category, StreamExplainer>> => ({
  access: of(accessExplainer),
  account: of(accountExplainer),
  administrators: of(administratorsExplainer),
  consent: of(consentExplainer),
  devices: of(devicesExplainer),
  emailClaim: of(emailClaimExplainer),
  identity: of(identityExplainer(policies.identity)),
  login: of(loginExplainer(policies.login)),
  secondFactor: of(codeExplainer(policies.codes)),
  session: of(sessionExplainer(policies.session)),
})

/** Undefined for streams whose events are facts that no number decided. */
export function explainerOf(stream: string, policies: Policies): StreamExplainer | undefined {
  return explainers(policies)[categoryOf(stream) as Category]
}
