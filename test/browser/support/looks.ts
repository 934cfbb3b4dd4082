import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { violationsOn } from './axe.ts'
import { desktop, phone } from './site.ts'

/** Set it to a folder to get a picture of each state that a test looks at. */
const pictures = process.env.PICTURES

const narrowest = { width: 320, height: 640 }

const looks = [
  { name: 'light', colorScheme: 'light', size: desktop.viewport },
  { name: 'dark', colorScheme: 'dark', size: phone.viewport },
] as const

/** The state of a page, wide and light, then narrow and dark: axe finds nothing, and nothing sticks out at the side. */
export const looksRight = async (page: Page, name: string) => {
  // The code of a page is loaded when it is opened: until then the document is empty.
  await page.locator('main h1').first().waitFor()
  for (const { name: look, colorScheme, size } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(size)
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}-${look}.png`, fullPage: true })
    expect(await violationsOn(page), `${name}, ${look}`).toEqual([])
  }
  await page.setViewportSize(narrowest)
  const excess = await page.evaluate('document.documentElement.scrollWidth - document.body.clientWidth')
  expect(excess, `${name} at 320 px`).toBe(0)
  await page.setViewportSize(desktop.viewport)
  await page.emulateMedia({ colorScheme: 'light' })
}
