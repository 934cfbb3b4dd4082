import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export type Output = { readonly stdout: string; readonly stderr: string }

const urlIn = (line: string): string | undefined => {
  try {
    const { msg, url } = JSON.parse(line)
    return msg === 'listening' && typeof url === 'string' ? url : undefined
  } catch {
    return undefined
  }
}

export function collectOutput({ stdout, stderr }: ChildProcess) {
  const written = { stdout: '', stderr: '' }
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text
  })
  const listening = new Promise<string>((resolve) => {
    if (stdout === null) return
    createInterface({ input: stdout }).on('line', (line) => {
      written.stdout += `${line}\n`
      const url = urlIn(line)
      if (url !== undefined) resolve(url)
    })
  })
  return { output: (): Output => ({ ...written }), listening }
}
