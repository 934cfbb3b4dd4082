import { audit as german } from './de/audit.ts'
import { audit as english } from './en/audit.ts'
import type { Catalog } from './language.ts'

export const auditTexts: Catalog<typeof english> = { en: english, de: german }
