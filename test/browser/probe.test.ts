import { test } from 'vitest'
import { logInAs } from './support/log-in-as.ts'
import { openSite } from './support/site.ts'
import { person } from '../support/server/client.ts'
test('probe', async () => {
  const site = await openSite()
  await site.app.register({ email: 'p@example.org' })
  const page = await logInAs(site, 'p@example.org', '/account/security')
  await page.getByRole('button', { name: 'Set up second factor' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Password', { exact: true }).fill(person.password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('You cannot scan it?').click()
  await page.setViewportSize({ width: 320, height: 640 })
  console.log(await page.evaluate(`(() => { const w = document.body.getBoundingClientRect().right; return JSON.stringify([w, document.documentElement.scrollWidth, document.body.clientWidth, [...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > w + 0.01 && !e.closest('.side')).map(e => e.tagName + '.' + e.className + ' ' + e.getBoundingClientRect().right)]) })()`))
  await site.stop()
})
