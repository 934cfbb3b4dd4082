import { describe, expect, test } from 'vitest'
import { type Shape, shapeOf } from '../../../api/codecs/codec-shape.ts'
import { catalogue } from '../../../domain/catalogue.ts'
import { personalFields } from '../../../projections/audit/account-history.ts'

/** Fields of events that an export does not open, and why not. */
const notExported: Readonly<Record<string, string>> = {
  'AccountRegistered.passwordHash': 'a secret',
  'AccountIntroduced.passwordHash': 'a secret',
  'InvitationAccepted.passwordHash': 'a secret',
  'PasswordReplaced.passwordHash': 'a secret',
  'PasswordRehashed.passwordHash': 'a secret',
  'TotpEnrollmentStarted.secret.secret': 'a secret',
  'TotpEnrollmentStarted.secret.salt': 'a secret',
  'TotpEnrollmentStarted.recoveryCodes.salt': 'a secret',
  'TotpImported.secret.secret': 'a secret',
  'TotpImported.secret.salt': 'a secret',
  'TotpImported.recoveryCodes.salt': 'a secret',
  'RecoveryCodesIssued.recoveryCodes.salt': 'a secret',
  'AccountSummarized.passwordHash': 'a secret',
  'SecondFactorSummarized.factor.secret.secret': 'a secret',
  'SecondFactorSummarized.factor.secret.salt': 'a secret',
  'SecondFactorSummarized.factor.recoveryCodes.salt': 'a secret',
  'SecondFactorSummarized.enrollment.secret.secret': 'a secret',
  'SecondFactorSummarized.enrollment.secret.salt': 'a secret',
  'SecondFactorSummarized.enrollment.recoveryCodes.salt': 'a secret',
  'DevicesSummarized.devices.userAgent': 'the export says it in `devices`',
  'EmailClaimSummarized.claim.reservation.email': 'in `EmailReserved` already',
  'LanguageChosen.language': 'the export says the newest one in `language`',
  'GuessesRefused.guesses.sources.ipAddress': 'of callers whom nobody knows',
  'BlobPublished.signature': 'the export says the newest one in `blobs`',
  'IdentitySummarized.blob.signature': 'the export says it in `blobs`',
  'SigningKeyAdded.privateKey': 'of the service',
}

const sealedIn = (shape: Shape, path: string): readonly string[] => {
  if (shape.name === 'Sealed') return [path]
  switch (shape.type) {
    case 'fields':
      return Object.entries({ ...shape.required, ...shape.optional }).flatMap(([name, of]) => sealedIn(of, `${path}.${name}`))
    case 'one_of':
    case 'all_of':
      return shape.shapes.flatMap((of) => sealedIn(of, path))
    case 'list':
    case 'dictionary':
    case 'refinement':
      return sealedIn(shape.of, path)
    default:
      return []
  }
}

const dataOf = (codec: Parameters<typeof shapeOf>[0]) => {
  const shape = shapeOf(codec)
  if (shape.type !== 'fields' || shape.required.data === undefined) throw new Error('an event without data')
  return shape.required.data
}

const sealed = [
  ...new Set(
    Object.values(catalogue)
      .flat()
      .flatMap(({ type, codec }) => sealedIn(dataOf(codec), type)),
  ),
]

const isExported = (path: string) => personalFields.some((field) => path.split('.').slice(1).join('.') === field)

describe('every sealed field of an event', () => {
  test('is found', () => {
    expect(sealed.filter(isExported)).toEqual(
      expect.arrayContaining([
        'AccountRegistered.email',
        'DeviceRemembered.userAgent',
        'LoginAttempted.ipAddress',
        'LoginAttempted.userAgent',
        'SessionGranted.ipAddress',
        'SessionGranted.userAgent',
      ]),
    )
  })

  test('is opened in an export, or on the list of those that are not', () => {
    expect(sealed.filter((path) => !isExported(path)).sort()).toEqual(Object.keys(notExported).sort())
  })
})
