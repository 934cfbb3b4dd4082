import { withOperator } from '../operator/with-operator.ts'

export async function rotateSigningKey({ json = false }: { readonly json?: boolean }): Promise<void> {
  const rotated = await withOperator((call) => call<{ readonly kid: string }>('signingKey.rotate', {}))
  if (json) return console.log(JSON.stringify(rotated))
  console.log(`Access tokens are now signed with a new key (${rotated.kid}). The old key stays valid until its last token expires.`)
}

/** The note is the first checkpoint of the new key. */
export async function rotateCheckpointKey({ json = false }: { readonly json?: boolean }): Promise<void> {
  const signed = await withOperator((call) => call<{ readonly note: string; readonly vkey: string }>('checkpointKey.rotate', {}))
  if (json) return console.log(JSON.stringify(signed))
  console.log(
    `Checkpoints are now signed with a new key. Note the verifier key; checkpoints of before need the one of before.\n${signed.vkey}`,
  )
}
