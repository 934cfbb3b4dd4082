export type ClaimValue = boolean | number | string
export type ClaimType = 'boolean' | 'number' | 'string'

/** Undefined: not one of that type. */
export function claimValueOf(type: ClaimType, text: string): ClaimValue | undefined {
  if (type === 'boolean') return text === 'true'
  if (type === 'string') return text
  const number = Number(text.replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number
}
