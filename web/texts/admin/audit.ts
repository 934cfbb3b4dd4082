import { audit as german } from '../de/admin/audit.ts'
import { audit as english } from '../en/admin/audit.ts'
import type { Catalog } from '../language.ts'

export const auditTexts: Catalog<typeof english> = { en: english, de: german }
