import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { wrongCode } from '../../support/server/second-factor.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { ownFrontEnd } from '../support/own-front-end.ts'
import { openSite, type Site } from '../support/site.ts'

/** A shop that asks for a login in a dialog, and has something that needs elevation. */
const shop = `
  import './react/styles.css'
  import { createElement as h, useState } from 'react'
  import { createRoot } from 'react-dom/client'
  import { createClient } from 'gatebook/client'
  import { GatebookProvider, LoginDialog, RegisterForm, SignedIn, useGatebook } from 'gatebook/react'

  const client = createClient()
  const captcha = (onToken) => h('button', { type: 'button', onClick: () => onToken('not a robot') }, 'I am no robot')

  function Shop() {
    const [isOpen, setOpen] = useState(false)
    const [isNew, setNew] = useState(false)
    const [outcome, setOutcome] = useState('')
    const { call } = useGatebook()
    const pay = async () => {
      const results = await Promise.all([call('GET /secure/elevated'), call('GET /secure/elevated')])
      setOutcome(results.map((result) => (result.ok ? 'paid' : result.problem.code)).join(' '))
    }
    return h('div', null,
      h(SignedIn, { fallback: h('button', { onClick: () => setOpen(true) }, 'Log in to pay') },
        h('button', { onClick: pay }, 'Pay'), h('p', null, 'Outcome: ' + outcome)),
      isNew ? h(RegisterForm, { captcha }) : h('button', { onClick: () => setNew(true) }, 'Register'),
      isOpen && h(LoginDialog, { onClose: () => setOpen(false), captcha }))
  }
  createRoot(document.getElementById('app')).render(h(GatebookProvider, { client, language: 'en' }, h(Shop)))
`

let site: Site
let open: (page: Page) => Promise<void>
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite()
  open = await ownFrontEnd(shop)
})
afterAll(async () => site?.stop())

const logIn = async (page: Page, email: string) => {
  await open(page)
  await page.getByRole('button', { name: 'Log in to pay' }).click()
  const dialog = page.getByRole('dialog', { name: 'Log in' })
  await dialog.getByLabel('Email address').fill(email)
  await dialog.getByLabel('Password', { exact: true }).fill(person.password)
  await dialog.getByRole('button', { name: 'Log in' }).click()
  return dialog
}

const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.name || document.activeElement.textContent')

describe.skipIf(!hasChromium)('a front end of somebody else', () => {
  test('logs people in in a dialog, and asks for a code when a call needs it', async () => {
    const { secret } = await site.steps.somebody('buyer@example.org')
    const page = await site.visitor()
    await open(page)
    await page.getByRole('button', { name: 'Log in to pay' }).click()
    expect(await focused(page)).toBe('email')
    await looksRight(page, 'login-dialog')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('Log in to pay')

    const asked = page.waitForRequest('**/login')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'I am no robot' }).click()
    await page.getByLabel('Email address').fill('buyer@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    expect((await asked).postDataJSON().captcha).toBe('not a robot')
    await page.getByLabel('Code from your app').fill(site.steps.freshCode(secret))
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    const pay = page.getByRole('button', { name: 'Pay', exact: true })
    await pay.click()
    const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await question.getByLabel('Code from your app').waitFor()
    expect(await focused(page)).toBe('code')
    await looksRight(page, 'step-up-code')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Outcome: ELEVATION_REQUIRED ELEVATION_REQUIRED').waitFor()
    expect(await focused(page)).toBe('Pay')
    await pay.click()
    await question.getByLabel('Code from your app').fill(wrongCode(site.steps.freshCode(secret)))
    await question.getByText('This code is wrong').waitFor()
    await question.getByLabel('Code from your app').fill('')
    await question.getByLabel('Code from your app').fill(site.steps.codeOf(secret))
    await page.getByText('Outcome: paid paid').waitFor()
    expect(site.faults).toEqual([])
  })

  test('asks for the password of whoever has no second factor, and gives up with the session', async () => {
    await site.app.register({ email: 'plain@example.org' })
    const page = await site.visitor()
    await logIn(page, 'plain@example.org')
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
    const password = question.getByLabel('Password', { exact: true })
    await password.waitFor()
    expect(await focused(page)).toBe('password')
    await password.fill('not the password')
    await page.keyboard.press('Enter')
    await question.getByText('This password is wrong.').waitFor()
    await looksRight(page, 'step-up-password')
    await password.fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByText('Outcome: paid paid').waitFor()

    site.app.advance(3_600_000)
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    await password.waitFor()
    await page.context().clearCookies({ name: '__Host-gatebook' })
    await password.fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Log in to pay' }).waitFor()
    await question.waitFor({ state: 'detached' })
    expect(site.faults).toEqual([])
  })

  test('asks once what the service offers, and again after it was away', async () => {
    const page = await site.visitor()
    const asked: string[] = []
    page.on('request', (request) => request.url().endsWith('/settings') && asked.push(request.url()))
    await page.clock.install()
    await page.route('**/settings', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), registration: 'closed' } })
    })
    await page.route('**/settings', (route) => route.abort(), { times: 1 })
    await open(page)
    const failed = page.waitForEvent('requestfailed')
    await page.getByRole('button', { name: 'Register' }).click()
    await failed
    await page.getByLabel('Email address').waitFor()
    expect(asked.length).toBe(1)
    await page.clock.runFor(5_000)
    await page.getByText('New accounts are made by an administrator').waitFor()
    await page.clock.runFor(60_000)
    expect(asked.length).toBe(2)
    expect(site.faults).toEqual([])
  })

  test('stays as it is when the dialog that asks for a proof cannot be loaded, and loads it the next time', async () => {
    await site.app.register({ email: 'cut-off@example.org' })
    const page = await site.visitor()
    await logIn(page, 'cut-off@example.org')
    await page.route('**/own/assets/step-up-dialog*', (route) => route.abort(), { times: 1 })
    const pay = page.getByRole('button', { name: 'Pay', exact: true })
    await pay.click()
    await page.getByText('Outcome: ELEVATION_REQUIRED ELEVATION_REQUIRED').waitFor()
    await pay.click()
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    expect(site.faults).toEqual([])
  })

  test('shows the captcha of a registration beside the password that it falls back to', async () => {
    const page = await site.visitor()
    await page.route('**/register', (route) => route.fulfill({ json: { status: 'enrollment_required', challenge: 'void' } }))
    await open(page)
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByLabel('Email address').fill('robot@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('This login is no longer valid.').waitFor()
    await page.getByRole('button', { name: 'I am no robot' }).waitFor()
    expect(site.faults).toEqual([])
  })
})
