import { backtest as german } from '../de/admin/backtest.ts'
import { backtest as english } from '../en/admin/backtest.ts'
import type { Catalog } from '../language.ts'

export const backtestTexts: Catalog<typeof english> = { en: english, de: german }
