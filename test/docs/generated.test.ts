import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { eventsPage } from '../../scripts/docs/events-page.ts'
import { publicEventsPage } from '../../scripts/docs/public-events-page.ts'
import { refusalsPage } from '../../scripts/docs/refusals-page.ts'

describe('the generated pages say what the code says', () => {
  test.each([
    ['docs/events.md', eventsPage],
    ['docs/public-events.md', publicEventsPage],
    ['docs/refusals.md', refusalsPage],
  ])('%s (npm run docs)', (file, page) => {
    expect(readFileSync(file, 'utf8'), `${file} is out of date: run \`npm run docs\` and commit it`).toBe(page())
  })
})
