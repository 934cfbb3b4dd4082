import { type Fields, isSet, type MappedUser, unknownHash } from '../mapped-user.ts'

const hashOf = (password: unknown) => {
  if (password === null || password === undefined) return null
  if (typeof password !== 'string') return unknownHash
  // Whoever replaced the hash function has a form that says itself what it is.
  return /^[0-9a-f]+:[0-9a-f]+$/.test(password) ? `better-auth:${password}` : password
}

/** A row of `user`, with the password of its `credential` account. `role` and `banned` are columns of the admin plugin. */
export function betterAuthUser({ email, emailVerified, password, role, banned, twoFactorEnabled }: Fields): MappedUser {
  const roles = typeof role === 'string' ? role.split(',').map((name) => name.trim()) : []
  return {
    account: {
      email,
      emailVerified: emailVerified === 1,
      disabled: isSet(banned),
      passwordHash: hashOf(password),
      roles: roles.filter((name) => name !== ''),
    },
    unsupportedFactor: isSet(twoFactorEnabled),
  }
}
