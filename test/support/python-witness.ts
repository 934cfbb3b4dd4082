import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Debian's `python3-cryptography`. Without it tests with a witness are skipped; if `CI` is set, they fail. */
export const hasPython = spawnSync('python3', ['-c', 'import cryptography']).status === 0

const program = fileURLToPath(new URL('./witness.py', import.meta.url))

/** `logKey`: the verifier key of the log. `entry`: for PROOFS_WITNESSES. */
export const startWitness = async (name: string, logKey: string) => {
  const child = spawn('python3', [program, name, logKey], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the witness has ended')))
  ended.catch(() => {})
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string]
  const { port, vkey } = JSON.parse(line) as { port: number; vkey: string }
  return { entry: `http://127.0.0.1:${port}/w ${vkey}`, vkey, stop: () => child.kill() }
}
