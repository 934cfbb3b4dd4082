import { withOperator } from './operator/with-operator.ts'

export async function rotateSigningKey({ json = false }: { readonly json?: boolean }): Promise<void> {
  const rotated = await withOperator((call) => call<{ readonly kid: string }>('signingKey.rotate', {}))
  if (json) return console.log(JSON.stringify(rotated))
  console.log(`Access tokens are now signed with a new key (${rotated.kid}). The old key stays valid until its last token expires.`)
}
