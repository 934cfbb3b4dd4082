import { expect, test } from 'vitest'
import { catalogue } from '../../../domain/catalogue.ts'
import {
  accessStream,
  accountStream,
  administratorsStream,
  categoryOf,
  consentStream,
  dataKeyStream,
  devicesStream,
  emailClaimStream,
  identityStream,
  idInStream,
  importedHashesStream,
  isKeyStream,
  isLoginStream,
  loginStream,
  policyStream,
  preferencesStream,
  refusedGuessesStream,
  restorationsStream,
  secondFactorStream,
  sessionStream,
  signingKeysStream,
} from '../../../domain/kernel/streams.ts'
import { fingerprint } from '../../support/domain/identity-examples.ts'
import { accountId, blindIndex, sessionId } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'

const streams = {
  access: accessStream(accountId(1)),
  account: accountStream(accountId(1)),
  consent: consentStream(accountId(1)),
  dataKey: dataKeyStream('unknown-callers-2026-06'),
  devices: devicesStream(accountId(1)),
  emailClaim: emailClaimStream(blindIndex(1)),
  identity: identityStream(fingerprint(1)),
  importedHashes: importedHashesStream,
  login: loginStream(blindIndex(1)),
  administrators: administratorsStream,
  policy: policyStream,
  preferences: preferencesStream(accountId(1)),
  refusedGuesses: refusedGuessesStream(noon),
  restoration: restorationsStream,
  secondFactor: secondFactorStream(accountId(1)),
  session: sessionStream(sessionId(1)),
  signingKeys: signingKeysStream,
}

test('a stream is named by its category and whose it is', () => {
  expect(streams).toEqual({
    access: `access-${accountId(1)}`,
    account: `account-${accountId(1)}`,
    consent: `consent-${accountId(1)}`,
    dataKey: 'dataKey-unknown-callers-2026-06',
    devices: `devices-${accountId(1)}`,
    emailClaim: `emailClaim-${blindIndex(1)}`,
    identity: `identity-${fingerprint(1)}`,
    importedHashes: 'importedHashes-all',
    login: `login-${blindIndex(1)}`,
    administrators: 'administrators-all',
    policy: 'policy-all',
    preferences: `preferences-${accountId(1)}`,
    refusedGuesses: 'refusedGuesses-2026-06-01',
    restoration: 'restoration-all',
    secondFactor: `secondFactor-${accountId(1)}`,
    session: `session-${sessionId(1)}`,
    signingKeys: 'signingKeys-access',
  })
})

test('the category stands before the first dash, whatever follows', () => {
  expect(Object.values(streams).map(categoryOf)).toEqual(Object.keys(streams))
})

test('the catalogue knows the events of each category', () => expect(Object.keys(catalogue).sort()).toEqual(Object.keys(streams).sort()))

test('only key streams can be deleted', () => {
  expect(Object.values(streams).filter(isKeyStream)).toEqual([streams.dataKey])
})

test('payloads can be erased in the streams of logins only', () => {
  expect(Object.values(streams).filter(isLoginStream)).toEqual([streams.login])
})

test('whose it is stands after the first dash, whatever follows', () => {
  expect(idInStream(streams.account)).toBe(accountId(1))
  expect(idInStream(streams.dataKey)).toBe('unknown-callers-2026-06')
})
