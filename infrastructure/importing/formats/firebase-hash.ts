/** Of the project, as the console of Firebase shows it. */
export type FirebaseHashConfig = {
  readonly signerKey: string
  readonly saltSeparator: string
  readonly rounds: number
  readonly memCost: number
}

const settingIn = (text: string, name: string) => new RegExp(`\\b${name}\\s*:\\s*"?([A-Za-z0-9+/=_-]+)"?`).exec(text)?.[1]

/** `hash_config { algorithm: SCRYPT, base64_signer_key: …, … }`; `null` if anything is missing. */
export function readHashConfig(text: string): FirebaseHashConfig | null {
  const [algorithm, signerKey, saltSeparator] = ['algorithm', 'base64_signer_key', 'base64_salt_separator'].map((name) =>
    settingIn(text, name),
  )
  const [rounds, memCost] = [Number(settingIn(text, 'rounds')), Number(settingIn(text, 'mem_cost'))]
  if (algorithm !== 'SCRYPT' || signerKey === undefined || saltSeparator === undefined) return null
  return Number.isInteger(rounds) && Number.isInteger(memCost) ? { signerKey, saltSeparator, rounds, memCost } : null
}

export function firebaseHash({ signerKey, saltSeparator, rounds, memCost }: FirebaseHashConfig, salt: string, hash: string) {
  return `$firebase-scrypt$ln=${memCost},r=${rounds}$${salt}$${saltSeparator}$${signerKey}$${hash}`
}
