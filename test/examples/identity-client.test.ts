import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type GatebookServer, startGatebook } from 'gatebook/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled } from '../support/installed.ts'
import type { Json } from '../support/server/client.ts'

/** Debian's, which has its packages. */
const python = '/usr/bin/python3'

const hasModules = () =>
  process.env.CI === 'true' || spawnSync(python, ['-c', 'import websockets, google.protobuf, cryptography']).status === 0

/** So that the deadline of the rotation is what ends the session, and not that nobody used it. */
const week = { SESSION_IDLE_SECONDS: String(7 * 86_400) }

describe.skipIf(!isInstalled('protoc') || !hasModules())('a client in Python', () => {
  let server: GatebookServer
  let messages: string
  beforeAll(async () => {
    messages = mkdtempSync(join(tmpdir(), 'gatebook-messages-'))
    execFileSync('protoc', [`--python_out=${messages}`, '-I', 'proto', 'gatebook.proto'])
    server = await startGatebook({ env: week })
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(messages, { recursive: true, force: true })
  })

  const run = async (origin: string, onStep: (line: Json) => unknown = () => {}) => {
    const env = { ...process.env, PYTHONPATH: messages, PYTHONDONTWRITEBYTECODE: '1' }
    const client = spawn(python, ['examples/identity-client.py', origin], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const errors = text(client.stderr)
    const ended = new Promise<number | null>((resolve) => client.on('close', resolve))
    const lines: Json[] = []
    for await (const line of createInterface({ input: client.stdout })) {
      lines.push(JSON.parse(line))
      await onStep(lines.at(-1))
    }
    return { lines, code: await ended, errors: await errors }
  }
  const origin = () => server.baseUrl.replace('127.0.0.1', 'localhost')

  test('introduces a key, logs in by it, opens the socket by both ways, and replaces the key', async () => {
    const { lines, ...ended } = await run(origin(), ({ step }) => (step === 'proposed' ? server.clock.advance({ hours: 72 }) : undefined))
    expect(ended).toEqual({ code: 0, errors: '' })
    const { account } = lines[0]
    expect(lines).toEqual([
      { step: 'introduced', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), account: expect.any(String) },
      { step: 'logged in' },
      { step: 'opened by token', service: 'Gatebook', version: '1' },
      { step: 'read an event', account, summary: expect.any(String) },
      { step: 'opened by message, and resumed' },
      { step: 'proposed', deadline: expect.any(String), closes: expect.any(String) },
      { step: 'closed', code: 4001 },
      { step: 'logged in by the new key', between: expect.any(Array) },
      { step: 'verified', rotations: 1 },
      { step: 'logged out', code: 4009 },
    ])
    expect(Date.parse(lines[5].closes)).toBe(Date.parse(lines[5].deadline))
    expect(lines[7].between).not.toContain('KeyRotationProposed')
  })

  test('ends with an error when a step fails: signatures for another origin are refused', async () => {
    const { lines, code, errors } = await run(server.baseUrl)
    expect({ lines, code }).toEqual({ lines: [], code: 1 })
    expect(errors).toContain('POST /api/1/identities is 401')
  })
})
