import fc from 'fast-check'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import type { Decider } from '../../../domain/kernel/decider.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import { later } from './time.ts'

/** One user of the stream: a sequence of commands, each made from the log at its turn. */
export type User<Command, Event> = readonly ((at: Instant, log: readonly Event[]) => Command)[]

/** Whose turn it is, and the milliseconds before it. */
export type Turn = { readonly user: number; readonly wait: number }

/** Turns of the users 0 to `last`: single ones, which interleave with others, or several in a row. */
export const someTurns = (last: number, wait: fc.Arbitrary<number>): fc.Arbitrary<readonly Turn[]> =>
  fc
    .array(fc.tuple(fc.nat(last), wait, fc.constantFrom(1, 2, 4)), { minLength: 40, maxLength: 100 })
    .map((rounds) => rounds.flatMap(([user, wait, times]) => Array.from({ length: times }, (_, n) => ({ user, wait: n === 0 ? wait : 0 }))))

export type Outcome<Command, Event, Refusal> = {
  readonly user: number
  readonly command: Command
  readonly events: readonly Event[]
  readonly refusal: Refusal | null
}

type Doing<Command> = { readonly command: Command; readonly revision: number }
type Progress<Command> = { next: number; type: Doing<Command> | null }

/**
 * Plays users against one stream as the journal does: one turn loads, the next decides and appends unless another append came first. Then
 * the command is decided again on the current log. A user without turns left stops halfway, as after a crash.
 */
export const interleave = <State, Command, Event, Refusal>(
  decider: Decider<State, Command, Event, Refusal>,
  before: readonly Event[],
  users: readonly User<Command, Event>[],
  turns: readonly Turn[],
) => {
  const log = [...before]
  const outcomes: Outcome<Command, Event, Refusal>[] = []
  const conflicts: number[] = []
  const progress = users.map((): Progress<Command> => ({ next: 0, type: null }))
  let now = 0

  /** Returns what remains to do: nothing, or the same command on the current log. */
  const decideAndAppend = (user: number, { command, revision }: Doing<Command>): Doing<Command> | null => {
    const decision = decider.decide(command, log.slice(0, revision).reduce(decider.evolve, decider.initial))
    if (isRight(decision) && decision.right.length > 0 && revision !== log.length) {
      conflicts.push(user)
      return { command, revision: log.length }
    }
    outcomes.push({ user, command, events: isRight(decision) ? decision.right : [], refusal: isLeft(decision) ? decision.left : null })
    if (isRight(decision)) log.push(...decision.right)
    return null
  }

  for (const { user, wait } of turns) {
    now += wait
    const own = progress[user]
    const make = own && users[user]?.[own.next]
    if (own === undefined || make === undefined) continue
    if (own.type === null) own.type = { command: make(later(now), log), revision: log.length }
    else {
      own.type = decideAndAppend(user, own.type)
      if (own.type === null) own.next++
    }
  }
  return { log, outcomes, conflicts: conflicts.length }
}
