import type { Values, VariableName } from './variables.ts'

/** `expected` completes "expected …". It never repeats the value that was given. */
export type Mistake = { readonly variable: string; readonly expected: string }

/** A value is missing here if it was a mistake by itself: then there is nothing to compare. */
export type Rule = Mistake & { readonly variable: VariableName; readonly isBroken: (values: Partial<Values>) => boolean }

export function isProduction({ NODE_ENV }: Partial<Values>) {
  return NODE_ENV === 'production'
}
