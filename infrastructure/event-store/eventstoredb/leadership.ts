import type { Client, Member } from './wire.ts'

class NotConfirmed extends Error {
  readonly type = 'unavailable'
}

/** Milliseconds. The other node may be the one that is cut off. */
const answerMs = 1_000

const leaderIn = (members: readonly Member[]) => {
  const leaders = members.filter(({ type, isAlive }) => type === 'leader' && isAlive)
  return leaders.length === 1 ? leaders[0]?.at : undefined
}

const follows = async (client: Client, place: string, leader: string, signal: AbortSignal) => {
  const members = await client.membersSeenBy(place, AbortSignal.any([signal, AbortSignal.timeout(answerMs)]))
  const itself = members.find((member) => member.at === place)
  if (itself?.type !== 'follower' || leaderIn(members) !== leader) throw new NotConfirmed('another leader, or none')
}

const enough = (confirmations: readonly Promise<void>[], needed: number) =>
  new Promise<void>((resolve, reject) => {
    let [confirmed, failed] = [0, 0]
    if (needed <= 0) resolve()
    for (const confirmation of confirmations) {
      confirmation.then(
        () => ++confirmed >= needed && resolve(),
        () => ++failed > confirmations.length - needed && reject(new NotConfirmed('no majority follows this leader')),
      )
    }
  })

/** A leader that was cut off keeps believing in itself for a while, although another one already acknowledges appends. */
export async function asLedByMajority<A>(client: Client, signal: AbortSignal, read: () => Promise<A>): Promise<A> {
  const connection = await client.connection()
  const answer = await read()
  const voters = (await client.members(signal)).filter(({ type }) => type !== 'no_voter')
  const leader = leaderIn(voters)
  if (leader === undefined || (await client.connection()) !== connection) throw new NotConfirmed('no leader, or another one')
  const others = voters.filter((member) => member.at !== leader)
  await enough(
    others.map((member) => follows(client, member.at, leader, signal)),
    Math.floor(voters.length / 2),
  )
  return answer
}
