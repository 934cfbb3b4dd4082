import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Step, toolEnv } from '../checks/steps.ts'

/** Runs a command with the output of this process, and returns what it wrote. */
export async function runAndKeep({ name, command: [program, ...args], env }: Step) {
  console.log(`\n== ${name}`)
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...toolEnv, ...env } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text)
      output += text
    })
  }
  const [code] = await once(child, 'close')
  console.log(code === 0 ? `== ${name}: passed` : `== ${name}: FAILED`)
  return { succeeded: code === 0, output }
}
