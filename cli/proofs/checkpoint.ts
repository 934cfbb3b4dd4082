import { withOperator } from '../operator/with-operator.ts'

type Told = { readonly size: number; readonly note: string; readonly vkey: string }

export async function checkpoint({ vkey = false, json = false }: { readonly vkey?: boolean; readonly json?: boolean }): Promise<void> {
  await withOperator(async (call) => {
    const told = await call<Told>('checkpoint', {})
    if (json) return console.log(JSON.stringify(told))
    process.stdout.write(vkey ? `${told.vkey}\n` : told.note)
  })
}
