import { closeSync, openSync, rmSync } from 'node:fs'

const pathBeside = (log: string) => `${log}-rebuild`

/** What a process that was killed in the middle of a rebuild has left. */
export function removePrivateFile(log: string) {
  return rmSync(pathBeside(log), { force: true })
}

/** A new, empty file beside that of the log, which only its owner can read; gone when `work` is over. */
export function withPrivateFile<Result>(log: string, work: (path: string) => Result): Result {
  closeSync(openSync(pathBeside(log), 'wx', 0o600))
  try {
    return work(pathBeside(log))
  } finally {
    removePrivateFile(log)
  }
}
