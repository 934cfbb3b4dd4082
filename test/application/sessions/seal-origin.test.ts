import { describe, expect, test } from 'vitest'
import { sealOrigin, unknownCallersOf } from '../../../application/sessions/seal-origin.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { wholeLog } from '../../support/test-app/log.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, guess, registering, wrongPassword } from '../../support/test-app/people.ts'
import { openTestApp } from '../../support/test-app.ts'

describe('where a request came from', () => {
  test('is sealed for its person, and a long user agent is cut', async () => {
    const { deps, caller } = await openTestApp()
    const { ipAddress, userAgent } = await succeed(sealOrigin(deps)('somebody', { ...caller, userAgent: 'x'.repeat(10_000) }))
    expect(ipAddress.startsWith('somebody.')).toBe(true)
    expect(await succeed(deps.crypto.vault.unseal('address', ipAddress))).toBe('192.0.2.7')
    expect(userAgent && (await succeed(deps.crypto.vault.unseal('user_agent', userAgent)))).toBe('x'.repeat(256))
  })

  test('is found again whoever it is sealed for, and says nothing of itself', async () => {
    const { deps, caller } = await openTestApp()
    const indexOf = async (person: string, network = '192.0.2.7') =>
      (await succeed(sealOrigin(deps)(person, { ...caller, networks: [network] }))).networkIndex
    expect(await indexOf('somebody')).toBe(await indexOf('anybody'))
    expect(await indexOf('somebody')).not.toBe(await indexOf('somebody', '192.0.2.8'))
    expect(await indexOf('somebody')).not.toContain('192.0.2.7')
  })

  test('has no user agent where none was sent', async () => {
    const { deps, caller } = await openTestApp()
    expect((await succeed(sealOrigin(deps)('somebody', { ...caller, userAgent: null }))).userAgent).toBeNull()
  })

  test('is sealed for the account that was tried, and for the strangers of the month where there is none', async () => {
    const app = await openTestApp()
    const { session } = await succeed(registering(app))
    await guess(app, 1, ada)
    await guess(app, 1, address('nobody'))
    const attempts = (await wholeLog(app)).filter(({ type }) => type === 'LoginAttempted').map(({ data }) => data)
    expect(attempts).toMatchObject([
      { accountId: session.accountId, ipAddress: expect.stringMatching(`^${session.accountId}\\.`) },
      { accountId: null, ipAddress: expect.stringMatching(/^unknown-callers-2026-06\./) },
    ])
    expect(JSON.stringify(attempts)).not.toContain(wrongPassword)
  })

  test('has strangers of each month in UTC', () => {
    expect(unknownCallersOf(instant(Date.parse('2026-12-31T23:59:59.999Z')))).toBe('unknown-callers-2026-12')
    expect(unknownCallersOf(instant(Date.parse('2027-01-01T00:00:00.000Z')))).toBe('unknown-callers-2027-01')
  })
})
