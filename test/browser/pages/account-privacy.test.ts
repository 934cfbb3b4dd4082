import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { hasChromium } from '../support/chromium.ts'
import { answerWith, logInAs } from '../support/log-in-as.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

const purposes = [
  {
    purpose: 'newsletter',
    version: '2',
    title: { en: 'Newsletter <b>monthly</b>', 'de-DE': 'Rundbrief' },
    text: { en: 'We write to you once a month.\nYou can stop that at any time.', 'de-DE': 'Wir schreiben Ihnen einmal im Monat.' },
  },
]

let site: Site
const folder = mkdtempSync(join(tmpdir(), 'gatebook-consents-'))
beforeAll(async () => {
  if (!hasChromium) return
  writeFileSync(join(folder, 'consents.json'), JSON.stringify(purposes))
  site = await openSite({ env: { CONSENTS_FILE: join(folder, 'consents.json') } })
})
afterAll(async () => {
  await site?.stop()
  rmSync(folder, { recursive: true })
})

describe.skipIf(!hasChromium)('privacy', () => {
  test('consents are given and withdrawn, and all data is downloaded after a proof', async () => {
    const email = 'private@example.org'
    const { token } = await site.app.register({ email })
    const page = await logInAs(site, email, '/account/privacy')
    const consent = page.getByRole('switch', { name: 'Newsletter <b>monthly</b>' })
    expect(await consent.getAttribute('aria-checked')).toBe('false')
    await consent.click()
    await page.getByText('Given').waitFor()
    await looksRight(page, 'account-privacy')
    expect((await site.app.get('/me/consents', token)).body.consents[0]).toMatchObject({ given: true, givenVersion: '2' })
    await consent.click()
    await page.getByText('Withdrawn').waitFor()

    await page.getByRole('button', { name: 'Download my data' }).click()
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Confirm' }).click()])
    expect(download.suggestedFilename()).toBe('gatebook-export.json')
    const data = JSON.parse(readFileSync(await download.path(), 'utf8'))
    expect(data).toMatchObject({ format: 2, account: { email } })
    expect(data.history.length).toBeGreaterThan(3)
    await page.getByText('The file is in your downloads.').waitFor()
    await page.getByRole('button', { name: 'Download my data' }).click()
    await page.getByText('You can try again in').first().waitFor()
    await looksRight(page, 'account-privacy-wait')

    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByRole('switch', { name: 'Rundbrief' }).waitFor()
    expect(site.faults).toEqual([])
  })

  test('all data is downloaded as a page, which runs nothing and loads nothing where it is opened', async () => {
    const email = 'as-a-page@example.org'
    const userAgent = '<script>document.title = "run"</script><img src="http://localhost:9/x" onerror="document.title = 1">'
    await site.app.send({
      method: 'POST',
      path: '/register',
      body: { ...person, email, transport: 'bearer' },
      headers: { 'user-agent': userAgent },
    })
    const page = await logInAs(site, email, '/account/privacy')
    await page.getByRole('button', { name: 'Download as a page' }).click()
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Confirm' }).click()])
    expect(download.suggestedFilename()).toBe('gatebook-export.html')
    const file = join(folder, 'gatebook-export.html')
    await download.saveAs(file)

    const opened = await page.context().newPage()
    const asked: string[] = []
    opened.on('request', (request) => asked.push(request.url()))
    await opened.goto(`file://${file}`)
    expect(await opened.title()).toBe('Your data')
    await opened.getByRole('heading', { name: 'History' }).waitFor()
    expect(await opened.getByText(userAgent).count()).toBeGreaterThan(0)
    expect(await opened.evaluate("getComputedStyle(document.querySelector('dl')).display")).toBe('grid')
    expect(asked).toEqual([`file://${file}`])
    expect(await opened.locator('script, img, link').count()).toBe(0)
    await opened.close()

    // The second one within a minute, and one that a proxy cut off.
    await page.getByRole('button', { name: 'Download as a page' }).click()
    await page.getByText('You can download your data once a minute.').waitFor()
    await page.route('**/me/export/page*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><h1>Your data</h1>' }),
    )
    await page.reload()
    await page.getByRole('button', { name: 'Download as a page' }).click()
    await page.getByText('cannot be reached').first().waitFor()
    expect(site.faults).toEqual([])
  })

  test('a consent to an older text is shown as that, and can be renewed', async () => {
    const email = 'older@example.org'
    const { token } = await site.app.register({ email })
    await site.app.put('/me/consents/newsletter', { given: true, version: '2' }, token)
    const page = await logInAs(site, email)
    await page.route('**/api/1/me/consents', async (route) => {
      const response = await route.fetch()
      const { consents } = await response.json()
      await route.fulfill({ response, json: { consents: [{ ...consents[0], version: '3' }] } })
    })
    await page.getByRole('link', { name: 'Privacy' }).click()
    await page.getByText('The text has changed since you agreed to it.').waitFor()
    await looksRight(page, 'account-privacy-older')
    await page.getByRole('button', { name: 'Agree to the new text' }).click()
    await page.getByText('The text has just changed.').waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('link', { name: 'Privacy' }).click()
    await page.getByRole('switch', { name: 'Newsletter', checked: true }).waitFor()
    await page.getByText('The text has changed').waitFor({ state: 'detached' })
    expect(site.faults).toEqual([])
  })

  test('an account is deleted with its address typed and the password', async () => {
    const email = 'gone@example.org'
    await site.app.register({ email })
    const page = await logInAs(site, email, '/account/privacy')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
    const confirmation = dialog.getByLabel(`Type ${email} to confirm`)
    const password = dialog.getByLabel('Password', { exact: true })
    await confirmation.fill('gone@example.com')
    await password.fill('a wrong passphrase')
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await dialog.getByText('This is not your email address.').waitFor()
    await looksRight(page, 'account-erase')
    await confirmation.fill(email)
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await dialog.getByText('This password is wrong.').waitFor()
    await password.fill(person.password)
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await page.waitForURL('**/login*')
    expect((await site.app.post('/login', { ...person, email, transport: 'bearer' })).status).toBe(401)
    expect(site.faults).toEqual([])
  })

  test('or with a code, where there is a second factor', async () => {
    const { email, secret } = await site.steps.somebody('both@example.org')
    const page = await site.visitor()
    await page.goto('/login?to=/account/privacy')
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.locator('input[name=code]').waitFor()
    await answerWith(page, site.steps.freshCode(secret))
    await page.getByRole('button', { name: 'Delete my account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
    await dialog.getByLabel(`Type ${email} to confirm`).fill(email)
    await dialog.getByLabel('Code from your app').fill(site.steps.freshCode(secret))
    await looksRight(page, 'account-erase-code')
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await page.waitForURL('**/login*')
    expect(site.faults).toEqual([])
  })
})
