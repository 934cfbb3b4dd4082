import { right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { LanguageChosen, type PreferencesEvent } from './events.ts'

export type State = { readonly language: Sealed | null }

/** Two sealed values of one language differ, so the caller compares them. */
export type Command = { readonly type: 'chooseLanguage'; readonly language: Sealed; readonly at: Instant }

export type Refusal = never

export const preferences: Decider<State, Command, PreferencesEvent, Refusal> = {
  initial: { language: null },
  evolve: (_, { data: { language } }) => ({ language }),
  // Each event is a summary: reading starts at the newest one.
  summary: { type: LanguageChosen.type, of: () => null },
  decide: ({ language, at }) => right([LanguageChosen({ language, at })]),
}
