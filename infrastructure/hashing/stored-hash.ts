import type { Argon2Cost } from './argon2.ts'

export type StoredHash = { readonly encoded: string; readonly cost: Argon2Cost }

const shape = /^argon2:(\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,4}),p=(\d{1,3})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86})$/

/** `method:hash`; the method says how to verify. `null` for whatever no version of Gatebook has written. */
export const parseStoredHash = (stored: string): StoredHash | null => {
  const [, encoded, memory, time, parallelism] = shape.exec(stored) ?? []
  if (encoded === undefined) return null
  return { encoded, cost: { memoryKiB: Number(memory), time: Number(time), parallelism: Number(parallelism) } }
}

export const storedHash = (encoded: string) => `argon2:${encoded}`

export const isOutdated = (was: Argon2Cost, today: Argon2Cost) =>
  was.memoryKiB < today.memoryKiB || was.time < today.time || was.parallelism < today.parallelism
