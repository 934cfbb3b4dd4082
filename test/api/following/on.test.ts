import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type App, openApp, until } from './following-app.ts'

let app: App
beforeEach(async () => {
  app = await openApp()
})
afterEach(async () => {
  await app.close()
  app.remove()
})

const reopen = async () => {
  await app.close()
  app = await openApp({}, app.dataDir)
}
const cursorFile = (name: string) => join(app.dataDir, 'cursors', `${name}.json`)

describe('a named handler', () => {
  test('is called for each event of its types from then on, one after another', async () => {
    await app.register({ email: 'before@example.org' })
    const welcomed: (string | null)[] = []
    let running = 0
    app.gatebook.on(
      'AccountRegistered',
      async ({ data }) => {
        expect(++running).toBe(1)
        await new Promise((resolve) => setTimeout(resolve, 5))
        welcomed.push(data.email)
        running -= 1
      },
      { name: 'welcome' },
    )
    await Promise.all([1, 2, 3].map((n) => app.register({ email: `n${n}@example.org` })))
    await until(() => welcomed.length === 3)
    expect(welcomed.toSorted()).toEqual(['n1@example.org', 'n2@example.org', 'n3@example.org'])
  })

  test('goes on where it was when Gatebook is opened again, and sees nothing twice after a close', async () => {
    const seen: string[] = []
    const listen = () =>
      app.gatebook.on(['AccountRegistered', 'AccountErased'], ({ data }) => void seen.push(String('email' in data && data.email)), {
        name: 'a',
      })
    listen()
    await app.register({ email: 'one@example.org' })
    await until(() => seen.length === 1)
    await reopen()
    await app.register({ email: 'two@example.org' })
    await reopen()
    listen()
    await app.register({ email: 'three@example.org' })
    await until(() => seen.length === 3)
    expect(seen).toEqual(['one@example.org', 'two@example.org', 'three@example.org'])
    expect([statSync(cursorFile('a')).mode & 0o777, statSync(join(app.dataDir, 'cursors')).mode & 0o777]).toEqual([0o600, 0o700])
    expect(readFileSync(cursorFile('a'), 'utf8')).not.toContain('example.org')
  })

  test('may begin at the beginning of the log', async () => {
    await app.register({ email: 'before@example.org' })
    const seen: (string | null)[] = []
    app.gatebook.on('AccountRegistered', ({ data }) => void seen.push(data.email), { name: 'import', from: 'beginning' })
    await until(() => seen.length === 1)
    expect(seen).toEqual(['before@example.org'])
  })

  test('that fails for good is stopped, says so, and delays neither log-ins nor others', async () => {
    const fault = new Error('the mail server is gone')
    const failing = app.gatebook.on('AccountRegistered', () => Promise.reject(fault), { name: 'failing', retries: 0 })
    const hanging = app.gatebook.on(
      'AccountRegistered',
      (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)),
      {
        name: 'hanging',
      },
    )
    const retried = app.gatebook.on('AccountRegistered', () => Promise.reject(fault), { name: 'retried' })
    const seen: string[] = []
    app.gatebook.on('SessionGranted', ({ type }) => void seen.push(type), { name: 'other' })
    const { accountId } = await app.register()
    for (let n = 0; n < 20; n++) await app.logIn()
    await until(() => seen.length === 21)
    expect(await failing.stopped).toMatchObject({ reason: 'failed', error: fault, event: { type: 'AccountRegistered', accountId } })
    await Promise.all([hanging.close(), retried.close()])
    expect([await hanging.stopped, await retried.stopped]).toEqual([{ reason: 'closed' }, { reason: 'closed' }])

    const again: (string | null)[] = []
    app.gatebook.on('AccountRegistered', (event) => void again.push(event.accountId), { name: 'failing' })
    await until(() => again.length === 1)
    expect(again).toEqual([accountId])
  })

  test('is refused for wrong options, which are named', () => {
    const { on } = app.gatebook
    const handler = () => {}
    const wrong: readonly (readonly [() => unknown, string])[] = [
      [() => on('AccountRegistered', handler, { name: '../../etc' }), 'name: expected 1 to 40 of a-z, 0-9 and -'],
      [() => on('AccountRegistered', 'x' as unknown as () => void, { name: 'a' }), 'handler: expected a function'],
      [() => on('AccountRegistered', handler, { name: 'a', retries: -1 }), 'retries: expected a whole number'],
      [() => on('AccountRegistered', handler, { name: 'a', from: 'x' as 'now' }), "from: expected 'now' or 'beginning'"],
      [() => on('EmailClaimed' as 'AccountErased', handler, { name: 'a' }), 'types: expected types of docs/public-events.md'],
    ]
    for (const [call, text] of wrong) expect(call).toThrow(new TypeError(text))
    on('AccountRegistered', handler, { name: 'a' })
    expect(() => on('AccountRegistered', handler, { name: 'a' })).toThrow(new TypeError('name: expected one that no other handler has'))
  })

  test('is refused a cursor that cannot be read, and stops at one of another log', async () => {
    const handler = () => {}
    app.gatebook.on('AccountRegistered', handler, { name: 'a' })
    await reopen()
    for (const text of ['', '{"position":', '{"position":"1","handled":null}']) {
      writeFileSync(cursorFile('a'), text)
      expect(() => app.gatebook.on('AccountRegistered', handler, { name: 'a' })).toThrow(/is not a cursor: put it back, or remove it/)
    }
    const other = { position: 1, handled: { position: 1, id: '01970000-0000-7000-8000-00000000000a' } }
    for (const cursor of [other, { position: 1_000_000, handled: null }]) {
      writeFileSync(cursorFile('a'), JSON.stringify(cursor))
      const { stopped } = app.gatebook.on('AccountRegistered', handler, { name: 'a' })
      expect(await stopped).toMatchObject({ reason: 'failed', event: null, error: { message: expect.stringMatching(/not of this log/) } })
    }
  })
})
