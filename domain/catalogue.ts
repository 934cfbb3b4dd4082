import { accessEvents } from './access/events.ts'
import { accountEvents } from './account/events.ts'
import { administratorsEvents } from './administrators/events.ts'
import { consentEvents } from './consent/events.ts'
import { dataKeyEvents } from './data-key/events.ts'
import { devicesEvents } from './devices/events.ts'
import { emailClaimEvents } from './email-claim/events.ts'
import { identityEvents } from './identity/events.ts'
import { importedHashesEvents } from './imported-hashes/events.ts'
import type { EventOf } from './kernel/event.ts'
import { LoginPayloadErased, loginEvents } from './login/events.ts'
import { policyEvents } from './policy/events.ts'
import { preferencesEvents } from './preferences/events.ts'
import { refusedGuessesEvents } from './refused-guesses/events.ts'
import { restorationEvents } from './restoration/events.ts'
import { secondFactorEvents } from './second-factor/events.ts'
import { SessionPayloadErased, sessionEvents } from './session/events.ts'
import { signingKeyEvents } from './signing-key/events.ts'

/** Every event in its current shape, by stream category. */
export const catalogue = {
  access: accessEvents,
  account: accountEvents,
  consent: consentEvents,
  dataKey: dataKeyEvents,
  devices: devicesEvents,
  emailClaim: emailClaimEvents,
  identity: identityEvents,
  importedHashes: importedHashesEvents,
  login: loginEvents,
  administrators: administratorsEvents,
  policy: policyEvents,
  preferences: preferencesEvents,
  refusedGuesses: refusedGuessesEvents,
  restoration: restorationEvents,
  secondFactor: secondFactorEvents,
  session: sessionEvents,
  signingKeys: signingKeyEvents,
} as const

export type DomainEvent = EventOf<(typeof catalogue)[keyof typeof catalogue][number]>

/** Of an event that stands where the payload of another one was erased. */
export function isPayloadErased({ type }: { readonly type: string }): boolean {
  return type === LoginPayloadErased.type || type === SessionPayloadErased.type
}
