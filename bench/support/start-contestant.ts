import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Contestant, register } from './contestant.ts'

/** `cpu`: microseconds of CPU time that its process has used. */
export type Running = Required<Contestant> & { readonly cpu: () => Promise<number>; readonly stop: () => void }

/** A server of the bench in a process of its own, so that the load does not run on its thread. */
export async function startContestant(kind: string): Promise<Running> {
  const child = fork(fileURLToPath(new URL('./guarded-server.ts', import.meta.url)), [kind])
  const answer = async () => (await once(child, 'message'))[0]
  const contestant = (await answer()) as Contestant
  const cpu = async () => {
    const answered = answer()
    child.send('cpu')
    return (await answered) as number
  }
  return { url: contestant.url, tokens: contestant.tokens ?? (await register(contestant.url)), cpu, stop: () => child.disconnect() }
}
