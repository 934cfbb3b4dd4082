import { describe, expect, test } from 'vitest'
import { streams } from '../../../application/journal/streams.ts'
import { administratorsStream } from '../../../domain/kernel/streams.ts'
import { later } from '../../support/domain/time.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loggingIn, opens, otherPassword, registering, settingUp } from '../../support/test-app/people.ts'
import { crashingBefore, goneAway, interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const members = async ({ deps }: TestApp) => {
  const { state } = await succeed(deps.journal.load(streams.administrators))
  return state.type === 'set_up' ? [...state.members] : []
}

describe('set-up', () => {
  test('makes the first administrator and logs them in', async () => {
    const app = await openTestApp()
    const { session, token } = await succeed(settingUp(app))
    expect(await typesIn(app)).toEqual(['EmailClaimed', 'SetupCompleted', 'AccountRegistered', 'SessionGranted'])
    expect(await members(app)).toEqual([session.accountId])
    expect(await opens(app, session.sessionId, token)).toBe(true)
    await succeed(loggingIn(app))
  })

  test('with a wrong token changes nothing', async () => {
    const app = await openTestApp()
    const before = { log: await wholeLog(app), hashCalls: app.counts.hashCalls }
    for (const token of ['', 'the-setup-token-of-this-hous', 'another']) {
      expect(await refusalOf(settingUp(app, ada, token))).toEqual({ type: 'invalid_credentials' })
    }
    expect({ log: await wholeLog(app), hashCalls: app.counts.hashCalls }).toEqual(before)
  })

  test('works once: afterwards every call says so and changes nothing, with whatever token, on every node', async () => {
    const app = await openTestApp()
    await succeed(settingUp(app))
    app.clock.advance(3_600_000)
    const before = await wholeLog(app)
    for (const node of [app, await app.restart()]) {
      expect(await refusalOf(settingUp(node))).toEqual({ type: 'setup_done' })
      expect(await refusalOf(settingUp(node, address('grace')))).toEqual({ type: 'setup_done' })
      expect(await refusalOf(settingUp(node, address('grace'), 'another'))).toEqual({ type: 'setup_done' })
    }
    expect(await wholeLog(app)).toEqual(before)
  })

  test('refuses an address that somebody registered before, and still works for another', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    expect(await refusalOf(settingUp(app))).toEqual({ type: 'email_taken' })
    expect(await members(app)).toEqual([])
    await succeed(settingUp(app, address('grace')))
  })
})

describe('a crash between the completion of the setup and the registration', () => {
  const crash = async () => {
    const app = await openTestApp()
    expect(await refusalOf(settingUp(await app.restart({ store: crashingBefore('AccountRegistered') })))).toEqual(goneAway)
    expect(await typesIn(app)).toEqual(['EmailClaimed', 'SetupCompleted'])
    return app
  }

  test('leaves the setup done for a minute', async () => {
    const app = await crash()
    app.clock.set(later(59_999))
    expect(await refusalOf(settingUp(app))).toEqual({ type: 'setup_done' })
  })

  test.each(['ada', 'grace'])('leaves it to whoever comes with the token after that: %s', async (name) => {
    const app = await crash()
    app.clock.set(later(60_000))
    const { session } = await succeed(settingUp(app, address(name)))
    expect(await members(app)).toEqual([session.accountId])
    expect(await typesOf(app, administratorsStream)).toEqual(['SetupCompleted', 'SetupReopened', 'SetupCompleted'])
    expect(await refusalOf(settingUp(app, address('alan')))).toEqual({ type: 'setup_done' })
  })

  test('is not mended by a wrong token, which changes nothing', async () => {
    const app = await crash()
    app.clock.set(later(60_000))
    const before = await wholeLog(app)
    expect(await refusalOf(settingUp(app, ada, 'another'))).toEqual({ type: 'invalid_credentials' })
    expect(await wholeLog(app)).toEqual(before)
  })
})

test('a set-up that was taken over can no longer be completed, however late it comes', async () => {
  const app = await openTestApp()
  const takeOver = async () => {
    app.clock.advance(60_000)
    await succeed(settingUp(app, address('grace')))
  }
  const late = await app.restart({ store: interposing('AccountRegistered', takeOver) })
  expect(await refusalOf(settingUp(late))).toEqual({ type: 'account_exists' })
  expect(await members(app)).toHaveLength(1)
  expect(await countOf(app, 'AccountRegistered')).toBe(1)
  expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
})

test('an address that was claimed for a setup done by another meanwhile is free again', async () => {
  const app = await openTestApp()
  const late = await app.restart({ store: interposing('SetupCompleted', () => succeed(settingUp(app, address('grace')))) })
  expect(await refusalOf(settingUp(late))).toEqual({ type: 'setup_done' })
  await succeed(registering(app, ada, otherPassword))
})
