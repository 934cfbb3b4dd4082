import type { DerivationKeyFailure } from './keys/derivation-key.ts'
import type { IndexKeyFailure } from './keys/index-key.ts'
import type { MasterKeyFailure } from './keys/master-key.ts'

const usualPlaces = { MASTER_KEY: 'MASTER_KEY', MASTER_KEY_FILE: 'the file that MASTER_KEY_FILE names', DATA_DIR: 'master.key in DATA_DIR' }

/** For the operator: no secret, no path. `keyFile` says which setting named the file. */
export function sealingFailureText(
  failure: MasterKeyFailure | IndexKeyFailure | DerivationKeyFailure,
  keyFile = usualPlaces.MASTER_KEY_FILE,
): string {
  const where = { ...usualPlaces, MASTER_KEY_FILE: keyFile }
  switch (failure.type) {
    case 'two_master_keys':
      return 'MASTER_KEY and MASTER_KEY_FILE are both set; set one of them'
    case 'malformed_master_key':
      return `${where[failure.variable]} must hold 32 bytes in base64 (44 characters)`
    case 'master_key_missing':
      return failure.variable === 'DATA_DIR'
        ? `${where.DATA_DIR} does not exist; a log that has events is never given a new master key, put the old one back`
        : `${where[failure.variable]} does not exist`
    case 'master_key_unreadable':
      return `${where[failure.variable]} cannot be read`
    case 'master_key_readable_by_others':
      return `${where[failure.variable]} must be readable by its owner only (chmod 600)`
    case 'master_key_writable_by_others':
      return `${where[failure.variable]} must be writable by its owner only (chmod 600)`
    case 'master_key_unwritable':
      return `${where[failure.variable]} cannot be written`
    case 'wrong_master_key':
      return 'the master key (MASTER_KEY, the file that MASTER_KEY_FILE names, or master.key in DATA_DIR) does not open this log'
    case 'rotation_unfinished':
      return 'a rotation of the master key was not finished; run gatebook rotate-master-key again with the same two keys'
    case 'index_key_missing':
      return 'the key of the blind index is missing from a log that has events; restore the log from a backup'
    case 'derivation_key_missing':
      return 'the key of derived secrets was deleted; restore the log from a backup'
  }
}
