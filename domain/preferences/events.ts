import { defineEvent, type EventOf } from '../kernel/event.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** The language of the mails to the owner of the account. It holds the whole state of its stream. */
export const LanguageChosen = defineEvent('LanguageChosen', 1, { language: Sealed, at: Instant })

export const preferencesEvents = [LanguageChosen] as const

export type PreferencesEvent = EventOf<(typeof preferencesEvents)[number]>
