import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand } from '../support/run-command.ts'

const env = { DATA_DIR: '/nowhere/at/all' }

test('a valid configuration is shown without its secrets, and opens nothing', async () => {
  const given = {
    ...env,
    MASTER_KEY: `${'A'.repeat(43)}=`,
    SMTP_URL: 'smtp://u:s3cret-4711@mail.example.org',
    MAIL_FROM: 'a@example.org',
    NODE_ENV: 'prod',
  }
  const { code, stdout, stderr } = await runCommand(['config', 'check'], given)
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^warning: NODE_ENV .*\n(?:.*\n)*The configuration is valid, with \d warnings\.\n$/),
  ])
  expect(stdout).toMatch(/^MASTER_KEY +set$/m)
  expect(stdout).toMatch(/^LOGIN_MAX_ATTEMPTS +5$/m)
  expect(stdout + stderr).not.toMatch(/4711|AAAA/)
  expect(existsSync('/nowhere')).toBe(false)
})

test('each mistake is named, without its value', async () => {
  const given = { ...env, PORT: '99999999', SESSION_IDLE_SECONDS: 'four', LOGIN_MAX_ATEMPTS: '7', CONSENTS_FILE: '/nowhere/file' }
  const { code, stdout } = await runCommand(['config', 'check', '--json'], given)
  const { errors, warnings, policy } = JSON.parse(stdout)
  expect([code, policy]).toEqual([2, null])
  expect(errors).toEqual([expect.stringMatching(/^PORT: expected/), expect.stringMatching(/^SESSION_IDLE_SECONDS: expected/)])
  expect(warnings).toEqual([expect.stringMatching(/^LOGIN_MAX_ATEMPTS .*LOGIN_MAX_ATTEMPTS/)])
  expect(stdout).not.toMatch(/99999999|four/)
})

test('files that variables name are read', async () => {
  const { code, stderr } = await runCommand(['config', 'check'], {
    ...env,
    CONSENTS_FILE: '/nowhere/file',
    MASTER_KEY_FILE: '/nowhere/key',
  })
  expect([code, stderr]).toEqual([2, expect.stringMatching(/error: CONSENTS_FILE(?:.*\n)+error: .*MASTER_KEY_FILE/)])
})
