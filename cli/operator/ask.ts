import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { stopWith } from '../fail.ts'
import { exits } from './exit-codes.ts'

export function isTerminal() {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

const ask = async (question: string, output: NodeJS.WritableStream) => {
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  lines.on('SIGINT', () => stopWith(130, ''))
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

export function askPlainly(question: string): Promise<string> {
  return ask(question, process.stderr)
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

/** What is typed is not shown: `readline` echoes to its output, which goes nowhere. */
const askInSecret = async (question: string) => {
  process.stderr.write(question)
  const typed = await ask('', nowhere())
  process.stderr.write('\n')
  return typed
}

export async function askForNewPassword(): Promise<string> {
  if (!isTerminal()) {
    stopWith(exits.wrongArguments, 'There is no terminal to ask for a password: use --password-stdin, --generate-password or --invite')
  }
  const password = await askInSecret('Password: ')
  if ((await askInSecret('Again: ')) !== password) stopWith(exits.wrongArguments, 'The two passwords differ.')
  return password
}

/** Without the newline that `echo` and editors add. */
export async function passwordOnStdin(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '')
}
