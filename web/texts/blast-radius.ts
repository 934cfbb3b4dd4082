import { blastRadius as german } from './de/blast-radius.ts'
import { blastRadius as english } from './en/blast-radius.ts'
import type { Catalog } from './language.ts'

export const blastRadiusTexts: Catalog<typeof english> = { en: english, de: german }
