import { availableParallelism } from 'node:os'

/** libuv reads the variable once, at its first job; so do we, before anybody could change it. */
const poolSize = Math.min(1024, Math.max(1, Number.parseInt(process.env.UV_THREADPOOL_SIZE ?? '4', 10) || 1))

/** Threads of the pool that hashing never takes: files and DNS share it. */
const leftToOthers = 2

/** How many hashes may run at once: no more than the cores carry, and never the whole pool. At least 1. */
export function threadShare(parallelism: number, wanted = Math.floor(availableParallelism() / parallelism)) {
  return Math.max(1, Math.min(wanted, poolSize - leftToOthers))
}
