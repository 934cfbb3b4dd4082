import { links as german } from './de/links.ts'
import { links as english } from './en/links.ts'
import type { Catalog } from './language.ts'

export const linkTexts: Catalog<typeof english> = { en: english, de: german }
