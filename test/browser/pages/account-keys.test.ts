import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled } from '../../support/installed.ts'
import { person } from '../../support/server/client.ts'
import { type Key, keysIn, newKey } from '../../support/server/identity-key.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { hasChromium } from '../support/chromium.ts'
import { logInAs } from '../support/log-in-as.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let keyDir: string
beforeAll(async () => {
  if (hasChromium) site = await openSite()
  keyDir = mkdtempSync(join(tmpdir(), 'gatebook-keys-'))
})
afterAll(async () => {
  await site?.stop()
  rmSync(keyDir, { recursive: true, force: true })
})

/** The key is where the commands of the page look for it. */
const keyOnDisk = (): Key => {
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(join(keyDir, 'gatebook-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  return newKey(privateKey)
}

/** What the command that the page shows prints. */
const printedBy = async (page: Page, command: RegExp) => {
  const text = await page.locator('pre', { hasText: command }).textContent()
  return execFileSync('sh', ['-e', '-c', String(text)], { cwd: keyDir, encoding: 'utf8' })
}

const logIn = async (key: Key) => {
  const { challengeFor, logInWith } = keysIn(site.app)
  const challenge = await challengeFor(key.fingerprint)
  return logInWith(key.fingerprint, challenge, key.signs({ purpose: 'login', origin: site.url, challenge }))
}

const propose = async (key: Key, next: Key) => {
  const pair = { oldPublicKey: key.publicKey, newPublicKey: next.publicKey }
  const said = { purpose: 'rotation' as const, origin: site.url, fingerprint: key.fingerprint, sequence: 1, ...pair }
  const signatures = { oldSignature: key.signs(said), newSignature: next.signs(said) }
  return site.app.post(`/identities/${key.fingerprint}/rotation`, { newPublicKey: next.publicKey, ...signatures })
}

const choose = async (page: Page, publicKey: string) => {
  await page.getByRole('textbox', { name: 'Public key' }).fill(publicKey)
  await page.getByRole('button', { name: 'Continue' }).click()
}

const give = async (page: Page, signature: string) => {
  await page.getByRole('textbox', { name: 'Signature' }).fill(signature)
  await page.getByRole('button', { name: 'Link key' }).click()
}

describe.skipIf(!hasChromium || !isInstalled('openssl'))('the identity keys on the security page', () => {
  test('are linked by the commands that the page shows, listed, and unlinked for good', async () => {
    await site.app.register({ email: 'keys@example.org' })
    const key = keyOnDisk()
    const page = await logInAs(site, 'keys@example.org', '/account/security')
    await page.getByText('No key is linked to your account.').waitFor()

    await page.getByRole('button', { name: 'Add a key' }).click()
    await choose(page, key.fingerprint)
    await page.getByText('This is no public key in base64url.').waitFor()
    await looksRight(page, 'account-keys-choose')
    expect(await printedBy(page, /-pubout/)).toBe(key.publicKey)
    await choose(page, key.publicKey)

    const signature = await printedBy(page, /-sign -rawin/)
    await page.getByText('What is signed').click()
    await page.getByText(key.fingerprint).waitFor()
    await give(page, newKey().signs({ purpose: 'introduction' }))
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('The signature is not by this key').waitFor()
    await looksRight(page, 'account-keys-sign')
    expect((await logIn(key)).status).toBe(401)
    await give(page, signature)
    await page.getByText('The key is linked').waitFor()
    const short = `${key.fingerprint.slice(0, 8)}…${key.fingerprint.slice(-8)}`
    const list = page.getByRole('list', { name: 'Linked keys' })
    await list.getByText(short).waitFor()
    expect((await logIn(key)).status).toBe(200)

    const { deadline } = mustBe(202, await propose(key, newKey()))
    await page.reload()
    await list.getByText('Being replaced').waitFor()
    expect(await list.locator('time').last().getAttribute('datetime')).toBe(deadline)
    await looksRight(page, 'account-keys-list')

    await list.getByRole('button', { name: `Unlink the key ${short}` }).click()
    await page.getByRole('dialog').getByText('nobody can ever link it again').waitFor()
    await looksRight(page, 'account-keys-unlink')
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click()
    await page.getByText('The key is unlinked.').waitFor()
    await page.getByText('No key is linked to your account.').waitFor()
    expect((await logIn(key)).status).toBe(401)

    await page.getByRole('button', { name: 'Add a key' }).click()
    await choose(page, key.publicKey)
    await give(page, await printedBy(page, /-sign -rawin/))
    await page.getByText('A key belongs to one account, for good.').waitFor()
    expect(site.faults).toEqual([])
  })

  test('begin again with a new challenge when five minutes have passed, in German too', async () => {
    await site.app.register({ email: 'schluessel@example.org' })
    const key = keyOnDisk()
    const page = await logInAs(site, 'schluessel@example.org', '/account/security', { locale: 'de-DE' })
    await page.getByRole('button', { name: 'Schlüssel hinzufügen' }).click()
    const sign = async () => {
      await page.getByRole('textbox', { name: 'Öffentlicher Schlüssel' }).fill(key.publicKey)
      await page.getByRole('button', { name: 'Weiter' }).click()
      return printedBy(page, /-sign -rawin/)
    }
    const submit = async (signature: string) => {
      await page.getByRole('textbox', { name: 'Signatur' }).fill(signature)
      await page.getByRole('button', { name: 'Schlüssel verknüpfen' }).click()
    }
    const late = await sign()
    site.app.advance(5 * 60_000 + 1_000)
    await submit(late)
    await page.getByRole('dialog').locator('input[name=password]').fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByText('oder fünf Minuten sind vorbei').waitFor()
    await page.getByRole('button', { name: 'Von vorn beginnen' }).click()
    await submit(await sign())
    await page.getByText('Der Schlüssel ist verknüpft').waitFor()
    expect(site.faults).toEqual([])
  })
})
