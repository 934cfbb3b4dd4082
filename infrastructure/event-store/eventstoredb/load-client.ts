import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { missingPackage } from '../../runtime/missing-package.ts'
import type { EventStoreDbStartFailure } from './start-failure.ts'
import type { Client } from './wire.ts'

/** `client.ts` uses private members, so no other version will do. */
const neededVersion = '6.2.1'

const failure = (found: string): EventStoreDbStartFailure => ({
  type: 'no_client',
  detail: `EventStoreDB needs the package @eventstore/db-client ${neededVersion}, ${found}: npm install @eventstore/db-client@${neededVersion}`,
})

/** The package is an optional peer dependency: it is loaded only when a log in EventStoreDB is opened. */
export async function loadClient(): Promise<Either<EventStoreDbStartFailure, (url: string) => Client>> {
  try {
    const { clientVersion, openClient } = await import('./client.ts')
    return clientVersion === neededVersion ? right(openClient) : left(failure(`and ${clientVersion} is installed`))
  } catch (error) {
    if (missingPackage(error) === '@eventstore/db-client') return left(failure('which is not installed'))
    throw error
  }
}
