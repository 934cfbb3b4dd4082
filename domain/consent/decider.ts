import { right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { Instant } from '../kernel/instant.ts'
import { type ConsentEvent, ConsentGiven, ConsentsSummarized, ConsentWithdrawn } from './events.ts'

export type Consent = { readonly isGiven: boolean; readonly version: string; readonly at: Instant }

/** By purpose. */
export type State = { readonly consents: ReadonlyMap<string, Consent> }

export type Command =
  | { readonly type: 'give'; readonly purpose: string; readonly version: string; readonly at: Instant }
  | { readonly type: 'withdraw'; readonly purpose: string; readonly at: Instant }

export type Refusal = never

const evolve = ({ consents }: State, event: ConsentEvent): State => {
  switch (event.type) {
    case 'ConsentGiven':
    case 'ConsentWithdrawn': {
      const { purpose, ...consent } = event.data
      return { consents: new Map([...consents, [purpose, { isGiven: event.type === 'ConsentGiven', ...consent }] as const]) }
    }
    case 'ConsentsSummarized':
      return { consents: new Map(event.data.consents.map(({ purpose, ...consent }) => [purpose, consent])) }
  }
}

/** What the owner of an account agreed to, by purpose. A newer text needs a new consent. */
export const consent: Decider<State, Command, ConsentEvent, Refusal> = {
  initial: { consents: new Map() },
  evolve,
  summary: {
    type: ConsentsSummarized.type,
    of: ({ consents }, next) =>
      ConsentsSummarized({ consents: [...consents].map(([purpose, known]) => ({ purpose, ...known })), at: next.data.at }),
  },
  decide: (command, { consents }) => {
    const { purpose, at } = command
    const known = consents.get(purpose)
    if (command.type === 'withdraw')
      return right(known?.isGiven === true ? [ConsentWithdrawn({ purpose, version: known.version, at })] : [])
    const { version } = command
    return right(known?.isGiven === true && known.version === version ? [] : [ConsentGiven({ purpose, version, at })])
  },
}
