import { type Fields, fieldsIn, hasItems, isFields, isUsualTotp, type MappedUser, unknownHash } from '../mapped-user.ts'
import { type FirebaseHashConfig, firebaseHash } from './firebase-hash.ts'

const firebaseShape = /^\$f_scrypt\$([^$]+)\$([^$]+)\$m=(\d+)\$r=(\d+)\$s=([^$]+)$/

const hashOf = (method: Fields, config: FirebaseHashConfig | null) => {
  const { passwordHash, plainTextPassword, hashingAlgorithm } = method
  if (plainTextPassword !== undefined && plainTextPassword !== null) return unknownHash
  if (typeof passwordHash !== 'string') return null
  if (typeof hashingAlgorithm !== 'string' || hashingAlgorithm.toLowerCase() !== 'firebase_scrypt') return passwordHash
  const [, hash, salt, memory, rounds, saltSeparator] = firebaseShape.exec(passwordHash) ?? []
  if (config === null || hash === undefined || salt === undefined || saltSeparator === undefined) return unknownHash
  return firebaseHash({ signerKey: config.signerKey, saltSeparator, memCost: Number(memory), rounds: Number(rounds) }, salt, hash)
}

const methodOf = (user: Fields) => {
  const methods = fieldsIn(user.loginMethods)
  const withPassword = methods.filter(({ recipeId }) => recipeId === 'emailpassword')
  const candidates = withPassword.length > 0 ? withPassword : methods.filter(({ email }) => typeof email === 'string')
  return candidates.find(({ isPrimary }) => isPrimary === true) ?? candidates[0]
}

/** What SuperTokens asks of somebody besides the first factor, such as codes by mail. */
const requiredFactorsOf = ({ userMetadata }: Fields) => {
  const own = isFields(userMetadata) ? userMetadata._supertokens : undefined
  return isFields(own) ? own.requiredSecondaryFactors : own
}

const roleOf = (given: unknown) => (isFields(given) ? given.role : given)

/** An element of `users` in the JSON of a bulk import. */
export const supertokensUser =
  (config: FirebaseHashConfig | null) =>
  (user: Fields): MappedUser => {
    const method = methodOf(user)
    if (method === undefined) return { refused: 'user: expected a login method with an email address' }
    const device = fieldsIn(user.totpDevices).find(isUsualTotp)
    return {
      account: {
        email: method.email,
        emailVerified: method.isVerified ?? false,
        passwordHash: method.recipeId === 'emailpassword' ? hashOf(method, config) : null,
        roles: Array.isArray(user.userRoles) ? user.userRoles.map(roleOf) : [],
        ...(device === undefined ? {} : { totpSecret: device.secretKey ?? null }),
      },
      unsupportedFactor: device === undefined && (hasItems(user.totpDevices) || hasItems(requiredFactorsOf(user))),
    }
  }
