import { execFile } from 'node:child_process'

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }

export type RunOptions = { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }

/** Runs a program to its end, whatever that is. */
export function outcomeOf(program: string, args: readonly string[], { cwd, env = process.env }: RunOptions): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 64_000_000, timeout: 600_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    )
  })
}

/** Rejects with everything that the program printed if it fails. */
export async function succeed(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const ended = await outcomeOf(program, args, options)
  if (ended.code === 0) return ended
  throw new Error(`${program} ${args.join(' ')} ended with code ${ended.code}\n${ended.stdout}${ended.stderr}`)
}

export function expectEqual(what: string, found: unknown, expected: unknown): void {
  const [is, shouldBe] = [JSON.stringify(found), JSON.stringify(expected)]
  if (is !== shouldBe) throw new Error(`${what}: expected ${shouldBe}, found ${is}`)
}
