import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problem } from '../../support/server/problem.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { mailTo, mustBe, secondFactorIn } from '../../support/server/second-factor.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

describe('how secrets and recovery codes are kept', () => {
  const folders: string[] = []
  afterAll(() => folders.map((folder) => rmSync(folder, { recursive: true, force: true })))
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'gatebook-modes-'))
    folders.push(made)
    return made
  }

  test.each(['sealed', 'derived'])('%s secrets work on when the mode is switched', async (mode) => {
    const dataDir = folder()
    const before = await startTestServer({ dataDir, env: { TOTP_SECRETS: mode } })
    const old = await secondFactorIn(before).somebody('old@example.org')
    const kept = (await everyEvent(before.gatebook.store)).findLast(({ type }) => type === 'TotpEnrollmentStarted')
    expect(kept?.data).toMatchObject({ secret: { mode } })
    await before.stop()

    const after = await startTestServer({ dataDir, env: { TOTP_SECRETS: mode === 'sealed' ? 'derived' : 'sealed' } })
    const steps = secondFactorIn(after)
    await steps.logInWith(old.email, steps.freshCode(old.secret))
    await steps.logInWith(old.email, old.recoveryCodes[5] ?? '')
    const young = await steps.somebody('young@example.org')
    await steps.logInWith(young.email, steps.freshCode(young.secret))
    await after.stop()
  })

  test('a derived secret ends with its enrolment: the next one is another', async () => {
    const app = await startTestServer({ env: { TOTP_SECRETS: 'derived' } })
    const steps = secondFactorIn(app)
    const first = await steps.somebody('again@example.org')
    mustBe(204, await app.post('/totp/disable', { code: steps.freshCode(first.secret) }, first.token))
    const second = await steps.enrol(first.token)
    expect(second.secret).not.toBe(first.secret)
    expect(await steps.answer(await steps.challengeOf(first.email), steps.freshCode(first.secret))).toMatchObject({ status: 401 })
    await app.stop()
  })

  test('recovery codes of one scheme work on under the other', async () => {
    const dataDir = folder()
    const before = await startTestServer({ dataDir, env: { RECOVERY_CODES: 'single-use' } })
    const old = await secondFactorIn(before).somebody('old@example.org')
    await before.stop()
    const after = await startTestServer({ dataDir, env: { RECOVERY_CODES: 'jump-ahead' } })
    const steps = secondFactorIn(after)
    await steps.logInWith(old.email, old.recoveryCodes[9] ?? '')
    await steps.logInWith(old.email, old.recoveryCodes[0] ?? '')
    await after.stop()
  })

  test.each(['sealed', 'derived'])('%s secrets and recovery codes outlive a change of the master key', async (mode) => {
    const dataDir = folder()
    const newKeyFile = join(folder(), 'new.key')
    writeFileSync(newKeyFile, Buffer.alloc(32, 9).toString('base64'), { mode: 0o600 })
    const env = { TOTP_SECRETS: mode, RECOVERY_CODES: mode === 'derived' ? 'jump-ahead' : 'single-use' }
    const before = await startTestServer({ dataDir, env })
    const { email, secret, recoveryCodes } = await secondFactorIn(before).somebody('moved@example.org')
    await before.stop()
    execFileSync(process.execPath, ['cli/gatebook.ts', 'rotate-master-key', '--new-key-file', newKeyFile], {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
      stdio: 'ignore',
    })
    const after = await startTestServer({ dataDir, env: { ...env, MASTER_KEY_FILE: newKeyFile } })
    const steps = secondFactorIn(after)
    await steps.logInWith(email, steps.freshCode(secret))
    await steps.logInWith(email, recoveryCodes[0] ?? '')
    await after.stop()
  })

  describe('jump-ahead', () => {
    let app: InProcess
    let steps: ReturnType<typeof secondFactorIn>
    beforeAll(async () => {
      app = await startTestServer({ env: { RECOVERY_CODES: 'jump-ahead', RECOVERY_CODE_COUNT: '5' } })
      steps = secondFactorIn(app)
    })
    afterAll(() => app.stop())

    test('a code ends those before it', async () => {
      const { email, recoveryCodes } = await steps.somebody('jumper@example.org')
      const { token } = await steps.logInWith(email, recoveryCodes[2] ?? '')
      expect((await app.get('/totp', token)).body.recoveryCodesLeft).toBe(2)
      const challenge = await steps.challengeOf(email)
      for (const spent of recoveryCodes.slice(0, 3)) expect(await steps.answer(challenge, spent)).toMatchObject({ status: 401 })
      expect((await steps.answer(challenge, recoveryCodes[3] ?? '')).body.secondFactorRemoved).toBeUndefined()
    })

    test('the last one logs in, turns the second factor off, says so, by mail too, and ends the other sessions', async () => {
      const { email, token, recoveryCodes } = await steps.somebody('last@example.org')
      const answer = await steps.answer(await steps.challengeOf(email), recoveryCodes[4] ?? '')
      expect(answer).toMatchObject({ status: 200, body: { status: 'authenticated', secondFactorRemoved: true } })
      expect((await app.get('/totp', answer.body.token)).body).toMatchObject({ enrolled: false, recoveryCodesLeft: 0 })
      expect((await app.get('/secure/user', token)).status).toBe(401)
      expect((await steps.password(email)).body.status).toBe('authenticated')
      expect((await mailTo(app.dataDir, email, /removed/)).body).toContain('removed')
    })

    test('given for an elevation the last one turns it off as well, and the owner is told', async () => {
      const { email, token, recoveryCodes } = await steps.somebody('last-elevation@example.org')
      mustBe(200, await app.post('/session/elevate', { code: recoveryCodes[4] }, token))
      expect((await mailTo(app.dataDir, email, /removed/)).body).toContain('removed')
    })

    test('the last one does not buy new ones: there is nothing left to recover', async () => {
      const { email, token, recoveryCodes } = await steps.somebody('last-renewal@example.org')
      const answer = await app.post('/totp/recovery-codes', { code: recoveryCodes[4] }, token)
      expect(answer).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
      expect((await app.get('/totp', token)).body.enrolled).toBe(false)
      expect((await mailTo(app.dataDir, email, /removed/)).body).toContain('removed')
    })
  })
})
