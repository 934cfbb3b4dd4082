import { base32nopad } from '@scure/base'
import {
  type Fields,
  fieldsIn,
  fieldsInText,
  hasItems,
  isFields,
  isSet,
  isUsualTotp,
  type MappedUser,
  unknownHash,
} from '../mapped-user.ts'

const digests: Readonly<Record<string, string>> = { pbkdf2: 'sha1', 'pbkdf2-sha256': 'sha256', 'pbkdf2-sha512': 'sha512' }

const isBuiltIn = (role: unknown) =>
  role === 'offline_access' || role === 'uma_authorization' || (typeof role === 'string' && role.startsWith('default-roles-'))

/** Java's maps of lists: `{ "memory": ["7168"] }`. */
const parameter = (parameters: unknown, name: string) => {
  const list = fieldsIn([parameters])[0]?.[name]
  return Array.isArray(list) ? list[0] : list
}

const argon2 = (cost: Fields, salt: string, value: string) => {
  const of = (name: string) => parameter(cost.additionalParameters, name)
  const version = of('version') === '1.0' ? 16 : 19
  const [shortSalt, shortValue] = [salt, value].map((text) => text.replaceAll('=', ''))
  return `$argon2${of('type')}$v=${version}$m=${of('memory')},t=${cost.hashIterations},p=${of('parallelism')}$${shortSalt}$${shortValue}`
}

/** Before Keycloak 8 the fields stood in the credential itself. */
const partsOf = (credential: Fields) => {
  const [secret, cost] = [fieldsInText(credential.secretData), fieldsInText(credential.credentialData)]
  return secret !== null && cost !== null
    ? { value: secret.value, salt: secret.salt, cost }
    : { value: credential.hashedSaltedValue, salt: credential.salt, cost: credential }
}

const hashOf = (credential: Fields) => {
  const { value, salt, cost } = partsOf(credential)
  const { algorithm, hashIterations } = cost
  if (typeof value !== 'string') return unknownHash
  if (algorithm === 'bcrypt') return value
  if (typeof salt !== 'string') return unknownHash
  if (algorithm === 'argon2') return argon2(cost, salt, value)
  const digest = typeof algorithm === 'string' && Object.hasOwn(digests, algorithm) ? digests[algorithm] : undefined
  return digest === undefined ? unknownHash : `$pbkdf2-${digest}$i=${hashIterations}$${salt}$${value}`
}

/** The secret is text whose bytes are the key, unless it says that it is base32. `null` for codes of another kind. */
const secretOf = (credential: Fields) => {
  const [secret, kind] = [fieldsInText(credential.secretData), fieldsInText(credential.credentialData)]
  if (typeof secret?.value !== 'string' || kind === null) return null
  if (kind.subType !== 'totp' || !isUsualTotp(kind)) return null
  // What was no UTF-8 stays as it is, to be refused.
  if (kind.secretEncoding === 'BASE32' || secret.value.includes('\ufffd')) return secret.value
  return isSet(kind.secretEncoding) ? null : base32nopad.encode(Buffer.from(secret.value, 'utf8'))
}

/** Any other may be a second factor, also of an extension. */
const noFactors = new Set<unknown>(['password', 'password-history'])

const hasOtherFactor = ({ credentials, totp }: Fields) =>
  isSet(totp) ||
  (Array.isArray(credentials)
    ? credentials.some((credential) => !isFields(credential) || !noFactors.has(credential.type))
    : hasItems(credentials))

/** An element of `users` in a realm export. */
export function keycloakUser(user: Fields): MappedUser {
  if (user.serviceAccountClientId !== undefined) return { refused: 'user: expected a person, not a service account' }
  const credentials = fieldsIn(user.credentials)
  const password = credentials.find(({ type }) => type === 'password')
  const secrets = credentials.filter(({ type }) => type === 'otp').map(secretOf)
  const totpSecret = secrets.find((secret) => secret !== null) ?? secrets[0]
  return {
    account: {
      email: user.email,
      emailVerified: user.emailVerified ?? false,
      disabled: user.enabled === false,
      passwordHash: password === undefined ? null : hashOf(password),
      roles: Array.isArray(user.realmRoles) ? user.realmRoles.filter((role) => !isBuiltIn(role)) : [],
      ...(totpSecret ? { totpSecret } : {}),
    },
    unsupportedFactor: totpSecret === null || (totpSecret === undefined && hasOtherFactor(user)),
  }
}
