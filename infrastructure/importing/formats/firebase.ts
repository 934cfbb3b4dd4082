import { type Fields, fieldsInText, hasItems, isFields, type MappedUser, unknownHash } from '../mapped-user.ts'
import { type FirebaseHashConfig, firebaseHash } from './firebase-hash.ts'

const hashOf = ({ passwordHash, salt }: Fields, config: FirebaseHashConfig | null) => {
  if (typeof passwordHash !== 'string' || passwordHash === '') return null
  return config === null || typeof salt !== 'string' ? unknownHash : firebaseHash(config, salt, passwordHash)
}

/** `mfaInfo` of the REST API, and `multiFactor` of the Admin SDK; what the command line exports has neither. */
const hasFactor = ({ mfaInfo, multiFactor }: Fields) =>
  hasItems(mfaInfo) || (isFields(multiFactor) ? hasItems(multiFactor.enrolledFactors) : hasItems(multiFactor))

/** An element of `users` in what `firebase auth:export` writes as JSON. */
export const firebaseUser =
  (config: FirebaseHashConfig | null) =>
  (user: Fields): MappedUser => ({
    account: {
      email: user.email,
      emailVerified: user.emailVerified ?? false,
      disabled: user.disabled ?? false,
      passwordHash: hashOf(user, config),
      ...(user.customAttributes === undefined ? {} : { claims: fieldsInText(user.customAttributes) ?? user.customAttributes }),
    },
    unsupportedFactor: hasFactor(user),
  })
