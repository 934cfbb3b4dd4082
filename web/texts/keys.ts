import { keys as german } from './de/keys.ts'
import { keys as english } from './en/keys.ts'
import type { Catalog } from './language.ts'

export const keysTexts: Catalog<typeof english> = { en: english, de: german }
