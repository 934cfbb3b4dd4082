import { categoryOf } from '../../../domain/kernel/streams.ts'
import type { TestApp } from '../test-app.ts'
import { succeed } from './outcomes.ts'

export const wholeLog = ({ store }: TestApp) => succeed(store.readAll(0, 1_000_000))

/** The types of all events but those of data keys. */
export const typesIn = async (app: TestApp) =>
  (await wholeLog(app)).filter(({ stream }) => categoryOf(stream) !== 'dataKey').map(({ type }) => type)

export const typesOf = async ({ store }: TestApp, stream: string) => (await succeed(store.read(stream))).map(({ type }) => type)

export const countOf = async (app: TestApp, type: string) => (await wholeLog(app)).filter((event) => event.type === type).length
