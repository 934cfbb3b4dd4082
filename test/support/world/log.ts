import { categoryOf } from '../../../domain/kernel/streams.ts'
import type { House } from '../world.ts'
import { succeed } from './outcomes.ts'

export const wholeLog = ({ store }: House) => succeed(store.readAll(0, 1_000_000))

/** Every event that any context has recorded; data keys are left out. */
export const typesIn = async (house: House) =>
  (await wholeLog(house)).filter(({ stream }) => categoryOf(stream) !== 'dataKey').map(({ type }) => type)

export const typesOf = async ({ store }: House, stream: string) => (await succeed(store.read(stream))).map(({ type }) => type)

export const countOf = async (house: House, type: string) => (await wholeLog(house)).filter((event) => event.type === type).length
