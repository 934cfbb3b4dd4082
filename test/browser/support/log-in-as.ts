import type { BrowserContextOptions, Page } from 'playwright-core'
import { person } from '../../support/server/client.ts'
import type { Site } from './site.ts'

/** A browser in which the person has logged in, on the page of the path. */
export const logInAs = async (site: Site, email: string, path = '/account', settings: BrowserContextOptions = {}): Promise<Page> => {
  const page = await site.visitor(settings)
  await page.goto(`/login?to=${path}`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(person.password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

/** For a person with a second factor. */
export const answerWith = async (page: Page, code: string) => {
  await page.locator('input[name=code]').fill('')
  await page.locator('input[name=code]').fill(code)
}
