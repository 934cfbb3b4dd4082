import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { BlindIndex } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'
import { Sealed } from '../kernel/sealed.ts'

/** `login_name`: one name too many from the same network. */
export const Guessed = t.keyof({
  login_name: null,
  setup_token: null,
  reset_link: null,
  registration_link: null,
  invitation_link: null,
  email_link: null,
  challenge: null,
  refresh_token: null,
})
export type Guessed = t.TypeOf<typeof Guessed>

/** Folded: a window of about a minute. `sources`: the busiest networks. `hasMoreNetworks`: than `networks`, which is as far as it is counted. */
export const GuessesRefused = defineEvent('GuessesRefused', 1, {
  guesses: t.array(
    t.strict({
      guessed: Guessed,
      count: t.number,
      networks: t.number,
      hasMoreNetworks: t.boolean,
      sources: t.array(t.strict({ networkIndex: BlindIndex, ipAddress: Sealed, count: t.number })),
    }),
  ),
  from: Instant,
  to: Instant,
})

export const refusedGuessesEvents = [GuessesRefused] as const

export type RefusedGuessesEvent = EventOf<(typeof refusedGuessesEvents)[number]>
