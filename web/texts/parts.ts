import { parts as german } from './de/parts.ts'
import { parts as english } from './en/parts.ts'
import type { Catalog } from './language.ts'

export const partsTexts: Catalog<typeof english> = { en: english, de: german }
