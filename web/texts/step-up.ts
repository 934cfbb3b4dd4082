import { stepUp as german } from './de/step-up.ts'
import { stepUp as english } from './en/step-up.ts'
import type { Catalog } from './language.ts'

export const stepUpTexts: Catalog<typeof english> = { en: english, de: german }
