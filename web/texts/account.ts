import { account as german } from './de/account.ts'
import { history as historyGerman } from './de/history.ts'
import { account as english } from './en/account.ts'
import { history as historyEnglish } from './en/history.ts'
import type { Catalog } from './language.ts'

export const accountTexts: Catalog<typeof english> = { en: english, de: german }
export const historyTexts: Catalog<typeof historyEnglish> = { en: historyEnglish, de: historyGerman }
