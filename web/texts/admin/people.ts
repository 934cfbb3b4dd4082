import { people as german } from '../de/admin/people.ts'
import { people as english } from '../en/admin/people.ts'
import type { Catalog } from '../language.ts'

export const peopleTexts: Catalog<typeof english> = { en: english, de: german }
