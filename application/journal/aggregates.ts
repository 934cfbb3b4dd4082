import { access } from '../../domain/access/decider.ts'
import { accessEvents } from '../../domain/access/events.ts'
import { account } from '../../domain/account/decider.ts'
import { accountEvents } from '../../domain/account/events.ts'
import { administrators } from '../../domain/administrators/decider.ts'
import { administratorsEvents } from '../../domain/administrators/events.ts'
import { consent } from '../../domain/consent/decider.ts'
import { consentEvents } from '../../domain/consent/events.ts'
import { dataKey } from '../../domain/data-key/decider.ts'
import { dataKeyEvents } from '../../domain/data-key/events.ts'
import { devices } from '../../domain/devices/decider.ts'
import { devicesEvents } from '../../domain/devices/events.ts'
import { emailClaim } from '../../domain/email-claim/decider.ts'
import { emailClaimEvents } from '../../domain/email-claim/events.ts'
import { identity } from '../../domain/identity/decider.ts'
import { identityEvents } from '../../domain/identity/events.ts'
import type { RotationPolicy } from '../../domain/identity/rotation.ts'
import { importedHashes } from '../../domain/imported-hashes/decider.ts'
import { importedHashesEvents } from '../../domain/imported-hashes/events.ts'
import type { LockoutPolicy } from '../../domain/kernel/lockout-policy.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import type { LoginPolicy } from '../../domain/login/challenges.ts'
import { login } from '../../domain/login/decider.ts'
import { loginEvents } from '../../domain/login/events.ts'
import { policy } from '../../domain/policy/decider.ts'
import { policyEvents } from '../../domain/policy/events.ts'
import { preferences } from '../../domain/preferences/decider.ts'
import { preferencesEvents } from '../../domain/preferences/events.ts'
import { refusedGuesses } from '../../domain/refused-guesses/decider.ts'
import { refusedGuessesEvents } from '../../domain/refused-guesses/events.ts'
import { restoration } from '../../domain/restoration/decider.ts'
import { restorationEvents } from '../../domain/restoration/events.ts'
import { secondFactor } from '../../domain/second-factor/decider.ts'
import { secondFactorEvents } from '../../domain/second-factor/events.ts'
import { session } from '../../domain/session/decider.ts'
import { sessionEvents } from '../../domain/session/events.ts'
import type { SessionPolicy } from '../../domain/session/session-policy.ts'
import { signingKeys } from '../../domain/signing-key/decider.ts'
import { signingKeyEvents } from '../../domain/signing-key/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { Aggregate } from './aggregate.ts'

export type Policies = {
  readonly login: LoginPolicy
  readonly codes: LockoutPolicy
  readonly session: SessionPolicy
  readonly identity: RotationPolicy
}

export const keyAggregates = {
  dataKey: { decider: dataKey, reader: eventReader(dataKeyEvents, upcasters), keepsNewestOnly: true },
  signingKeys: { decider: signingKeys, reader: eventReader(signingKeyEvents, upcasters) },
} as const

const everyAggregate = (policies: Policies) => ({
  ...keyAggregates,
  access: { decider: access, reader: eventReader(accessEvents, upcasters) },
  account: { decider: account, reader: eventReader(accountEvents, upcasters) },
  administrators: { decider: administrators, reader: eventReader(administratorsEvents, upcasters) },
  consent: { decider: consent, reader: eventReader(consentEvents, upcasters) },
  devices: { decider: devices, reader: eventReader(devicesEvents, upcasters) },
  emailClaim: { decider: emailClaim, reader: eventReader(emailClaimEvents, upcasters) },
  identity: { decider: identity(policies.identity), reader: eventReader(identityEvents, upcasters) },
  importedHashes: { decider: importedHashes, reader: eventReader(importedHashesEvents, upcasters) },
  login: { decider: login(policies.login), reader: eventReader(loginEvents, upcasters) },
  policy: { decider: policy, reader: eventReader(policyEvents, upcasters) },
  preferences: { decider: preferences, reader: eventReader(preferencesEvents, upcasters) },
  refusedGuesses: { decider: refusedGuesses, reader: eventReader(refusedGuessesEvents, upcasters) },
  restoration: { decider: restoration, reader: eventReader(restorationEvents, upcasters) },
  secondFactor: { decider: secondFactor(policies.codes), reader: eventReader(secondFactorEvents, upcasters) },
  session: { decider: session(policies.session), reader: eventReader(sessionEvents, upcasters) },
})

type TypesOf<A> =
  A extends Aggregate<infer State, infer Command, infer Event, infer Refusal>
    ? { state: State; command: Command; event: Event; refusal: Refusal }
    : never

type Every = ReturnType<typeof everyAggregate>
export type AggregateName = keyof Every

export type AggregateTypes = { [Name in AggregateName]: TypesOf<Every[Name]> }

export type Aggregates = {
  readonly [Name in AggregateName]: Aggregate<
    AggregateTypes[Name]['state'],
    AggregateTypes[Name]['command'],
    AggregateTypes[Name]['event'],
    AggregateTypes[Name]['refusal']
  >
}

export function aggregates(policies: Policies): Aggregates {
  return everyAggregate(policies)
}
