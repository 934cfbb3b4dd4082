import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isInstalled } from '../../support/installed.ts'
import { aStep, mustBe, secondFactorIn } from '../../support/server/second-factor.ts'
import { startTestServer } from '../../support/server/start-test-server.ts'

const isThere = isInstalled('oathtool')
if (!isThere) process.stderr.write('SKIPPED: oathtool is not installed (apt-get install oathtool)\n')

/** `at` in milliseconds since 1970. */
const oathtool = (secret: string, at: number) =>
  execFileSync('oathtool', ['--totp', '--base32', `--now=@${Math.floor(at / 1000)}`, secret], { encoding: 'utf8' }).trim()

test.skipIf(!isThere).each(['sealed', 'derived'])('a code made by oathtool confirms and logs in (%s)', async (mode) => {
  const app = await startTestServer({ env: { TOTP_SECRETS: mode } })
  const steps = secondFactorIn(app)
  const now = () => app.gatebook.ports.journal.now()
  const email = 'independent@example.org'
  const elevated = await app.elevated((await app.register({ email })).token)
  const { secret } = await steps.begin(elevated)
  expect((await app.post('/totp/confirm', { code: oathtool(secret, now()) }, elevated)).status).toBe(204)
  app.advance(aStep)
  const challenge = await steps.challengeOf(email)
  expect((await steps.answer(challenge, oathtool(secret, now() - 4 * aStep))).status).toBe(401)
  expect(mustBe(200, await steps.answer(challenge, oathtool(secret, now()))).session.factors).toEqual(['pwd', 'otp'])
  await app.stop()
})
