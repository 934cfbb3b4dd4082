import { availableParallelism } from 'node:os'

/** libuv reads the variable once too. */
const poolSize = Math.min(1024, Math.max(1, Number.parseInt(process.env.UV_THREADPOOL_SIZE ?? '4', 10) || 1))

/** For files and DNS. */
const reservedThreads = 2

export function threadShare(parallelism: number, wanted = Math.floor(availableParallelism() / parallelism)) {
  return Math.max(1, Math.min(wanted, poolSize - reservedThreads))
}
