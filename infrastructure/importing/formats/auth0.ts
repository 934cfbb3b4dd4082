import { type Fields, fieldsIn, hasItems, isFields, isUsualTotp, type MappedUser, unknownHash } from '../mapped-user.ts'
import { ndjsonAccount } from './ndjson.ts'

const encodings: Readonly<Record<string, BufferEncoding>> = { base64: 'base64', hex: 'hex', utf8: 'utf8' }

const octetsOf = ({ value, encoding }: Fields, fallback: BufferEncoding) =>
  Buffer.from(String(value), typeof encoding === 'string' ? (encodings[encoding] ?? fallback) : fallback)

const weakHash = (algorithm: string, hash: Fields, salt: unknown) => {
  const digest = octetsOf(hash, 'hex').toString('hex')
  if (!isFields(salt)) return `${algorithm}:${digest}`
  const position = salt.position === 'suffix' ? 'salt-after' : 'salt-before'
  return `${algorithm}:${position}:${octetsOf(salt, 'utf8').toString('base64')}:${digest}`
}

const scrypt = ({ cost, blockSize, parallelization }: Fields, hash: Fields, salt: unknown) => {
  const ln = Math.log2(Number(cost))
  if (!isFields(salt) || !Number.isInteger(ln)) return unknownHash
  const [saltText, hashText] = [octetsOf(salt, 'utf8'), octetsOf(hash, 'base64')].map((octets) => octets.toString('base64'))
  return `$scrypt$ln=${ln},r=${blockSize},p=${parallelization}$${saltText}$${hashText}`
}

const weak = new Set(['md5', 'sha1', 'sha256', 'sha512'])

const customHash = (custom: Fields) => {
  const { algorithm, hash, salt } = custom
  if (typeof algorithm !== 'string' || !isFields(hash) || typeof hash.value !== 'string') return unknownHash
  if (weak.has(algorithm)) return weakHash(algorithm, hash, salt)
  if (algorithm === 'scrypt') return scrypt(custom, hash, salt)
  return ['bcrypt', 'argon2', 'pbkdf2'].includes(algorithm) ? hash.value : unknownHash
}

const hashOf = (user: Fields) => {
  const bcrypt = user.passwordHash ?? user.password_hash
  if (typeof bcrypt === 'string') return bcrypt
  return isFields(user.custom_password_hash) ? customHash(user.custom_password_hash) : null
}

/** A line of the file of password hashes that Auth0 hands out, or a user of the schema of its bulk import. */
export function auth0User(line: string): MappedUser {
  const read = ndjsonAccount(line)
  if ('refused' in read) return read
  const user = read.account as Fields
  const [totp] = fieldsIn(user.mfa_factors).flatMap(({ totp }) => (isFields(totp) && isUsualTotp(totp) ? [totp] : []))
  // `multifactor` and `guardian_authenticators` are in exports of profiles.
  const hasFactor = [user.mfa_factors, user.multifactor, user.guardian_authenticators].some(hasItems)
  return {
    account: {
      email: user.email,
      emailVerified: user.email_verified ?? false,
      disabled: user.blocked ?? false,
      passwordHash: hashOf(user),
      ...(totp === undefined ? {} : { totpSecret: totp.secret ?? null }),
    },
    unsupportedFactor: totp === undefined && hasFactor,
  }
}
