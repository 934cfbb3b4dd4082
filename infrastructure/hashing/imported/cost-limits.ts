import type { Derivation } from './derivation.ts'

const mebi = 1_048_576

/** Bytes of the digests. */
const blocks = { sha1: 20, sha256: 32, sha512: 64 } as const

const within = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most

const hasLength = (length: number) => within(length, 16, 128)

/** What no library can compute, or nobody wrote. */
export function isPossible(derivation: Derivation): boolean {
  switch (derivation.method) {
    case 'bcrypt':
      return within(derivation.rounds, 4, 31)
    case 'scrypt': {
      const { logN, r, p, length } = derivation
      return within(logN, 1, 63) && within(r, 1, 1_024) && within(p, 1, 1_024) && hasLength(length)
    }
    case 'pbkdf2':
      return derivation.iterations >= 1 && hasLength(derivation.length)
    default: {
      const { version, memoryKiB, time, parallelism, length } = derivation
      return (version === 16 || version === 19) && parallelism >= 1 && memoryKiB >= 8 * parallelism && time >= 1 && hasLength(length)
    }
  }
}

/**
 * A check of a password must stay below about a second and 256 MiB, because everybody can ask for one. Each parameter has a limit of its
 * own: argon2 starts threads in each pass, and scrypt stretches `128 * r * p` bytes, however little memory is asked for.
 */
export function isAffordable(derivation: Derivation): boolean {
  switch (derivation.method) {
    case 'bcrypt':
      return derivation.rounds <= 14
    case 'scrypt': {
      const { logN, r, p } = derivation
      const memory = 128 * 2 ** logN * r
      return r <= 64 && p <= 64 && memory <= 128 * mebi && memory * p <= 256 * mebi
    }
    case 'pbkdf2':
      return derivation.iterations * Math.ceil(derivation.length / blocks[derivation.digest]) <= 4_000_000
    default: {
      const { memoryKiB, time, parallelism } = derivation
      return memoryKiB <= 262_144 && memoryKiB * time <= mebi && time <= 64 && parallelism <= 16
    }
  }
}
