import type { ImportRefusal } from '../../application/importing/import-account.ts'

/** Constant texts: nothing of the account stands in them. */
export const importReasons = {
  unknown_hash: 'passwordHash: expected one of the documented forms',
  malformed_hash: 'passwordHash: expected a complete hash of its method',
  costly_hash: 'passwordHash: expected a cost within the limits of docs/import.md, because everybody can ask for such a check',
  uncomputable_hash: 'passwordHash: expected parameters that the library of its method can compute on this machine',
  too_many_hash_kinds: 'passwordHash: expected at most six kinds of hashes (method and cost) in all imports',
} as const satisfies Record<ImportRefusal, string>

export const duplicateAddress = 'email: expected an address that no earlier account of this import has'

export const claimedAddress = 'email: expected an address that nobody is registering'
