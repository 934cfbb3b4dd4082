import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GatebookServer } from '../../../testing/start-gatebook.ts'
import { logIn, operatorFolder, password, statusOf } from './operator-for-test.ts'

describe('commands of operators while the server runs', () => {
  const folder = operatorFolder()
  const { gatebook, json, create, dataDir } = folder
  let server: GatebookServer

  beforeAll(async () => {
    server = await folder.serve()
  })
  afterAll(async () => {
    await server.stop()
    folder.remove()
  })

  test('the first administrator completes the setup, with a password that is printed once', async () => {
    const { roles, password: made } = await json(['admin', 'create', 'root@example.org', '--generate-password'])
    expect(roles).toEqual(['admin'])
    expect(made).toMatch(/^[a-zA-Z2-9]{5}(-[a-zA-Z2-9]{5}){3}$/)
    expect(await logIn(server, 'root@example.org', made)).toMatchObject({ status: 200 })
    const body = JSON.stringify({ setupToken: server.setupToken, email: 'second@example.org', password, transport: 'bearer' })
    const setup = await fetch(`${server.baseUrl}/api/1/setup`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect(setup.status).toBe(404)
  })

  test('an account is created with roles, found by id and by address, and logs in', async () => {
    const made = await create('ada@example.org', '--role', 'editor', '--role', 'author', '--email-verified')
    expect(made).toMatchObject({ email: 'ada@example.org', emailVerified: true, roles: ['editor', 'author'] })
    expect(made).not.toHaveProperty('password')
    const byId = await json(['accounts', 'show', made.id])
    expect(byId).toMatchObject({ id: made.id, status: 'active', lockedUntil: null, secondFactor: { enrolled: false } })
    expect(await json(['accounts', 'show', 'ADA@example.org'])).toEqual(byId)
    expect(await logIn(server, 'ada@example.org')).toMatchObject({ status: 200 })
    const table = await gatebook(['accounts', 'list', '--prefix', 'ada'])
    expect(table.stdout).toMatch(/^id +email +status +roles .*\n[0-9a-f-]{36} {2}ada@example.org {2}active {2}editor,author /)
  })

  test('a disabled account cannot log in until it is enabled', async () => {
    await create('bob@example.org')
    expect(await json(['accounts', 'disable', 'bob@example.org'])).toMatchObject({ status: 'disabled' })
    expect(await logIn(server, 'bob@example.org')).toMatchObject({ status: 401 })
    expect(await json(['accounts', 'enable', 'bob@example.org'])).toMatchObject({ status: 'active' })
    expect(await logIn(server, 'bob@example.org')).toMatchObject({ status: 200 })
  })

  test('a lock is lifted', async () => {
    await create('eve@example.org')
    for (let guess = 0; guess < 5; guess++) await logIn(server, 'eve@example.org', `a wrong guess ${guess}`)
    expect(await logIn(server, 'eve@example.org')).toMatchObject({ status: 429 })
    expect((await json(['accounts', 'show', 'eve@example.org'])).lockedUntil).toMatch(/^20/)
    expect(await json(['accounts', 'unlock', 'eve@example.org'])).toMatchObject({ lockedUntil: null })
    expect(await logIn(server, 'eve@example.org')).toMatchObject({ status: 200 })
  })

  test('sessions are listed, and end one by one and all at once', async () => {
    await create('ivy@example.org')
    const tokens: string[] = []
    for (let login = 0; login < 3; login++) tokens.push((await logIn(server, 'ivy@example.org')).token)
    const listed = (await gatebook(['sessions', 'list', 'ivy@example.org', '--json'])).stdout.trim().split('\n')
    expect(listed).toHaveLength(3)
    const [newest] = listed.map((line) => JSON.parse(line))
    expect(newest).toMatchObject({ factors: ['pwd'], address: '127.0.0.1' })
    expect((await gatebook(['sessions', 'revoke', newest.id])).code).toBe(0)
    expect(await Promise.all(tokens.map((token) => statusOf(server, token)))).toEqual([200, 200, 401])
    expect(await json(['sessions', 'revoke', '--all', 'ivy@example.org'])).toEqual({ revoked: true })
    expect(await Promise.all(tokens.map((token) => statusOf(server, token)))).toEqual([401, 401, 401])
  })

  test('an erasure is asked for, and is final', async () => {
    const { id } = await create('gone@example.org')
    const asked = await gatebook(['accounts', 'erase', 'gone@example.org'])
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(await json(['accounts', 'erase', 'gone@example.org', '--yes'])).toMatchObject({ id, email: null, status: 'erased' })
    expect(await gatebook(['accounts', 'show', 'gone@example.org'])).toMatchObject({ code: 3, stderr: 'Not found (NOT_FOUND)\n' })
  })

  test('the last administrator stays, and a second one can be appointed', async () => {
    expect(await gatebook(['accounts', 'disable', 'root@example.org'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('LAST_ADMINISTRATOR'),
    })
    await create('two@example.org')
    expect(await json(['admin', 'appoint', 'two@example.org'])).toMatchObject({ roles: ['admin'] })
    expect(await gatebook(['accounts', 'disable', 'root@example.org'])).toMatchObject({ code: 0 })
  })

  test('refusals and wrong arguments have their exit codes, and repeat nothing that was given', async () => {
    const refused = await gatebook(['accounts', 'create', 'ada@example.org', '--password-stdin'], password)
    expect(refused).toMatchObject({ code: 3, stdout: '', stderr: 'Email address already in use (EMAIL_TAKEN)\n' })
    const weak = await gatebook(['accounts', 'create', 'new@example.org', '--password-stdin'], 'password')
    expect(weak).toMatchObject({ code: 3, stderr: expect.stringContaining('PASSWORD_REJECTED') })
    const shapeless = await gatebook(['accounts', 'create', 'no address', '--password-stdin'], password)
    expect(shapeless).toMatchObject({ code: 2, stderr: expect.stringContaining('email: expected') })
    expect(shapeless.stderr).not.toContain('no address')
    for (const args of [
      ['accounts'],
      ['accounts', 'paint'],
      ['accounts', 'show'],
      ['sessions', 'revoke'],
      ['accounts', 'create', 'x@example.org'],
      ['accounts', 'create', 'x@example.org', '--invite', '--generate-password'],
    ]) {
      expect(await gatebook(args), args.join(' ')).toMatchObject({ code: 2, stdout: '' })
    }
  })

  test('who did it is in the log', async () => {
    const { id } = await json(['accounts', 'show', 'ada@example.org'])
    const lines = (await gatebook(['replay', '--json', '--stream', `account-${id}`])).stdout.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).metadata.actor)).toEqual(lines.map(() => 'system:operator'))
  })

  test('the socket is there while the server is, for its user only', () => {
    expect(statSync(join(dataDir, 'operator.sock')).mode & 0o777).toBe(0o600)
    expect(existsSync(join(dataDir, '.operator'))).toBe(false)
  })
})

test('without a server the same commands open the log themselves, one after another', async () => {
  const folder = operatorFolder()
  const { gatebook, json, create, dataDir } = folder
  try {
    expect(await gatebook(['accounts', 'list'])).toMatchObject({ code: 1, stderr: expect.stringContaining('does not exist') })
    expect(existsSync(dataDir)).toBe(false)
    await json(['admin', 'create', 'root@example.org', '--password-stdin'], password)
    const [ada, bob] = await Promise.all([create('ada@example.org'), create('bob@example.org')])
    expect(await json(['accounts', 'disable', bob.id])).toMatchObject({ status: 'disabled' })
    expect(existsSync(join(dataDir, 'operator.sock'))).toBe(false)
    const server = await folder.serve()
    expect(server.output().stderr).not.toContain('no administrator')
    expect(await logIn(server, 'ada@example.org')).toMatchObject({ status: 200 })
    expect(await logIn(server, 'bob@example.org')).toMatchObject({ status: 401 })
    expect((await json(['accounts', 'show', ada.id])).lastLoginAt).toMatch(/^20/)
    await server.stop()
  } finally {
    folder.remove()
  }
})
