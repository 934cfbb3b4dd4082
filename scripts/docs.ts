import { writeFileSync } from 'node:fs'
import { eventsPage } from './events-page.ts'
import { refusalsPage } from './refusals-page.ts'

writeFileSync('docs/events.md', eventsPage())
writeFileSync('docs/refusals.md', refusalsPage())
