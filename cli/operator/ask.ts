import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { stopWith } from '../fail.ts'
import { exits } from './exit-codes.ts'

export function isTerminal() {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

/** The question is shown last: what is typed at once must meet neither the echo of the terminal nor its own Ctrl-C. */
const ask = async (output: NodeJS.WritableStream, question: string, show: () => void) => {
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  // At the end of the input the question would wait forever, and Node would exit as if all were well.
  const cancel = () => stopWith(exits.cancelled, '\nCancelled. Nothing was changed.')
  lines.on('SIGINT', cancel).on('close', cancel)
  try {
    const typed = lines.question(question)
    show()
    return await typed
  } finally {
    lines.off('close', cancel).close()
  }
}

export function askPlainly(question: string): Promise<string> {
  return ask(process.stderr, question, () => {})
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

/** What is typed is not shown: `readline` echoes to its output, which goes nowhere. */
const askInSecret = async (question: string) => {
  const typed = await ask(nowhere(), '', () => process.stderr.write(question))
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
