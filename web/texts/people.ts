import { people as german } from './de/people.ts'
import { people as english } from './en/people.ts'
import type { Catalog } from './language.ts'

export const peopleTexts: Catalog<typeof english> = { en: english, de: german }
