import { person as german } from '../de/admin/person.ts'
import { person as english } from '../en/admin/person.ts'
import type { Catalog } from '../language.ts'

export const personTexts: Catalog<typeof english> = { en: english, de: german }
