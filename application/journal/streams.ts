import type { AccountId, BlindIndex, Fingerprint, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import {
  accessStream,
  accountStream,
  administratorsStream,
  consentStream,
  dataKeyStream,
  devicesStream,
  emailClaimStream,
  identityStream,
  importedHashesStream,
  loginStream,
  logKeysStream,
  policyStream,
  preferencesStream,
  refusedGuessesStream,
  restorationsStream,
  secondFactorStream,
  sessionStream,
  signingKeysStream,
} from '../../domain/kernel/streams.ts'
import type { AggregateName } from './aggregates.ts'

/** A command for another aggregate does not compile. */
export type Stream<Name extends AggregateName> = { readonly aggregate: Name; readonly name: string }

const streamOf = <Name extends AggregateName>(aggregate: Name, name: string): Stream<Name> => ({ aggregate, name })

export const streams = {
  access: (id: AccountId) => streamOf('access', accessStream(id)),
  account: (id: AccountId) => streamOf('account', accountStream(id)),
  administrators: streamOf('administrators', administratorsStream),
  consent: (id: AccountId) => streamOf('consent', consentStream(id)),
  dataKey: (person: string) => streamOf('dataKey', dataKeyStream(person)),
  devices: (id: AccountId) => streamOf('devices', devicesStream(id)),
  emailClaim: (email: BlindIndex) => streamOf('emailClaim', emailClaimStream(email)),
  identity: (fingerprint: Fingerprint) => streamOf('identity', identityStream(fingerprint)),
  importedHashes: streamOf('importedHashes', importedHashesStream),
  login: (identifier: BlindIndex) => streamOf('login', loginStream(identifier)),
  policy: streamOf('policy', policyStream),
  preferences: (id: AccountId) => streamOf('preferences', preferencesStream(id)),
  refusedGuesses: (at: Instant) => streamOf('refusedGuesses', refusedGuessesStream(at)),
  restorations: streamOf('restoration', restorationsStream),
  secondFactor: (id: AccountId) => streamOf('secondFactor', secondFactorStream(id)),
  session: (id: SessionId) => streamOf('session', sessionStream(id)),
  logKeys: streamOf('signingKeys', logKeysStream),
  signingKeys: streamOf('signingKeys', signingKeysStream),
} as const
