import { login as german } from './de/login.ts'
import { login as english } from './en/login.ts'
import type { Catalog } from './language.ts'

export const loginTexts: Catalog<typeof english> = { en: english, de: german }
