import type { Argon2Cost } from './argon2.ts'

export type StoredHash = { readonly encoded: string; readonly cost: Argon2Cost }

const shape = /^argon2:(\$argon2id\$v=19\$([mtp]=\d{1,7}(?:,[mtp]=\d{1,7}){2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86})$/

/** The reference implementation writes m, t, p; the package sorts them. */
const costOf = (parameters: string): Argon2Cost | null => {
  const { m, t, p } = Object.fromEntries(parameters.split(',').map((pair) => [pair[0], Number(pair.slice(2))]))
  return m === undefined || t === undefined || p === undefined ? null : { memoryKiB: m, time: t, parallelism: p }
}

/** `null` for anything that Gatebook never wrote. */
export function parseStoredHash(stored: string): StoredHash | null {
  const [, encoded, parameters = ''] = shape.exec(stored) ?? []
  const cost = costOf(parameters)
  return encoded === undefined || cost === null ? null : { encoded, cost }
}

export function storedHash(encoded: string) {
  return `argon2:${encoded}`
}

export function isOutdated(was: Argon2Cost, today: Argon2Cost) {
  return was.memoryKiB < today.memoryKiB || was.time < today.time || was.parallelism < today.parallelism
}
