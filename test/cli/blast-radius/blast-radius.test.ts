import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GatebookServer } from '../../../testing/start-gatebook.ts'
import { logIn, operatorFolder, statusOf } from '../operator/operator-for-test.ts'

const folder = operatorFolder()
const { gatebook, json } = folder
let server: GatebookServer
let ada: { readonly id: string }
let tokens: string[] = []

beforeAll(async () => {
  await folder.create('root@example.org')
  ada = await folder.create('ada@example.org')
  server = await folder.serve()
  for (let n = 0; n < 12; n++) tokens.push((await logIn(server, 'ada@example.org')).token)
  tokens = [...tokens, (await logIn(server, 'root@example.org')).token]
})
afterAll(async () => {
  await server.stop()
  folder.remove()
})

describe('gatebook blast-radius', () => {
  test('tells of a running server, page after page, in words and as JSON', async () => {
    const found = await json(['blast-radius', '--account', ada.id])
    expect(found.sessions).toHaveLength(12)
    expect(found.sessions.every(({ active, account }: { active: boolean; account: string }) => active && account === ada.id)).toBe(true)
    expect(found.attempts).toHaveLength(12)
    const { code, stdout } = await gatebook(['blast-radius', '--address', '127.0.0.1', '--since', '1h'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Attempts and other entries of the network\n {4}\d{4}-.*Password entered/m)
    expect(stdout).toMatch(new RegExp(`session [0-9a-f-]{36} of account ${ada.id}: ACTIVE$`, 'm'))
    expect(stdout).toMatch(/^13 attempts; 13 sessions, 13 active; 0 access tokens; 0 elevations; 0 changes; 0 readings; 2 accounts\n$/m)
    expect(stdout).not.toContain('ada@')
  })

  test('asks before it ends anything, and refuses what is not one origin', async () => {
    expect(await gatebook(['blast-radius', '--account', ada.id, '--revoke'])).toMatchObject({
      code: 2,
      stderr: 'There is no terminal to confirm this: use --yes\n',
    })
    for (const args of [
      [],
      ['--account', ada.id, '--address', '127.0.0.1'],
      ['--address', 'nowhere'],
      ['--session', 'x'],
      ['--account', ada.id, '--since', 'then'],
    ])
      expect((await gatebook(['blast-radius', ...args])).code, args.join(' ')).toBe(2)
    for (const token of tokens) expect(await statusOf(server, token)).toBe(200)
  })

  test('ends the sessions of a running server, and again none; others go on', async () => {
    const { stdout } = await gatebook(['blast-radius', '--account', ada.id, '--revoke', '--yes'])
    expect(stdout).toMatch(/\n12 sessions ended, with their refresh tokens\.\n$/)
    for (const token of tokens.slice(0, 12)) expect(await statusOf(server, token)).toBe(401)
    expect(await statusOf(server, tokens[12] as string)).toBe(200)
    expect(await json(['blast-radius', '--account', ada.id, '--revoke', '--yes'])).toMatchObject({ ended: 0 })
  })

  test('ends them while no server runs', async () => {
    await server.stop()
    expect(await json(['blast-radius', '--address', '127.0.0.1', '--revoke', '--yes'])).toMatchObject({ ended: 1 })
    server = await folder.serve()
    expect(await statusOf(server, tokens[12] as string)).toBe(401)
    const { sessions } = await json(['blast-radius', '--address', '127.0.0.1'])
    expect(new Set(sessions.map(({ because }: { because: string }) => because))).toEqual(new Set(['revoked_by_host']))
  })
})
