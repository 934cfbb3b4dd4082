import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bareEnvironment } from '../../support/bare-environment.ts'
import { isInstalled } from '../../support/installed.ts'
import { operatorFolder } from './operator-for-test.ts'

const folder = operatorFolder()
const { gatebook, json, create, dataDir } = folder
afterAll(() => folder.remove())

const cheap = { ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1' }
const command = (args: string) => `'${process.execPath}' cli/gatebook.ts ${args}`
const env = { ...bareEnvironment, DATA_DIR: dataDir, ...cheap }

/** On a terminal of its own. `keys` are typed at the question, once `meanwhile` is over. */
const onTerminal = async (args: string, question: string, keys: string, meanwhile = async () => {}) => {
  const child = spawn('script', ['-qec', command(args), '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  let [shown, isAsked] = ['', false]
  child.stdout.on('data', (part: Buffer) => {
    shown += part
    if (isAsked || !shown.includes(question)) return
    isAsked = true
    void meanwhile().then(() => child.stdin.write(keys))
  })
  const [code] = await once(child, 'close')
  return { code, shown }
}

const [endOfInput, interrupt] = ['\x04', '\x03']
const cancelled = { code: 130, shown: expect.stringContaining('Cancelled. Nothing was changed.') }

describe.skipIf(!isInstalled('script'))('a question', () => {
  test.each([
    ['the end of the input', endOfInput],
    ['Ctrl-C', interrupt],
  ])('is cancelled by %s, and nothing was done', async (_, keys) => {
    expect(await onTerminal('accounts create ada@example.org', 'Password: ', keys)).toMatchObject(cancelled)
    expect(existsSync(join(dataDir, 'gatebook.db'))).toBe(false)
  })

  test('is asked while others can open the log', async () => {
    const { id } = await create('ada@example.org')
    let listed: unknown
    const asked = await onTerminal('accounts erase ada@example.org', 'to erase the account: ', endOfInput, async () => {
      listed = await gatebook(['check'])
    })
    expect(listed).toMatchObject({ code: 0 })
    expect(asked).toMatchObject(cancelled)
    expect(await json(['accounts', 'show', id])).toMatchObject({ status: 'active' })
  })
})

describe('what a command does not need', () => {
  beforeAll(() => (existsSync(join(dataDir, 'gatebook.db')) ? undefined : create('ada@example.org')))

  test('a reader that has gone is no failure', async () => {
    const script = `set -o pipefail; ${command('accounts list --json')} | true`
    const ended = await new Promise((resolve) =>
      execFile('bash', ['--norc', '-c', script], { env }, (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr })),
    )
    expect(ended).toEqual({ code: 0, stderr: '' })
  })

  test('a setting of who listens, or with a server any but where it is, may be wrong', async () => {
    const wrong = { GATEBOOK_HOST: '!', METRICS_PORT: 'x', TRUSTED_PROXIES: 'x', BRAND_LOGO: '/nowhere' }
    expect(await gatebook(['accounts', 'list'], '', wrong)).toMatchObject({ code: 0 })
    const server = await folder.serve()
    expect(await gatebook(['accounts', 'list'], '', { ...wrong, SMTP_URL: 'x' })).toMatchObject({ code: 0 })
    await server.stop()
    expect(await gatebook(['accounts', 'list'], '', { SMTP_URL: 'x' })).toMatchObject({ code: 2 })
  })
})
