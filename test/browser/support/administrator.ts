import type { BrowserContextOptions, Page } from 'playwright-core'
import { person } from '../../support/server/client.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import type { Site } from './site.ts'

export const administrator = 'root@example.org'

export const logInOn = async (page: Page, email: string, password = person.password) => {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** The dialog that a call opens which needs a fresh proof. */
export const confirmOn = async (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Password', { exact: true }).fill(person.password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The first administrator, who can call the API and open browsers. */
export const administratorIn = async (site: Site) => {
  const { token, accountId } = await site.app.setUp(setupToken)
  const elevated = await site.app.elevated(token)

  const open = async (path = '/admin', settings: BrowserContextOptions = {}, email = administrator): Promise<Page> => {
    const page = await site.visitor(settings)
    await page.goto(path)
    await logInOn(page, email)
    await page.getByRole('button', { name: 'Log out' }).waitFor()
    return page
  }

  /** Logged in, and confirmed already, for a page that is not about that. */
  const openElevated = async (path?: string, settings?: BrowserContextOptions) => {
    const page = await open(path, settings)
    const answer = await page.context().request.post('/api/1/session/elevate', {
      data: { password: person.password },
      headers: { origin: site.url },
    })
    if (!answer.ok()) throw new Error(`elevation answered ${answer.status()}`)
    return page
  }

  return { accountId, token: elevated, open, openElevated }
}

export type Administrator = Awaited<ReturnType<typeof administratorIn>>
