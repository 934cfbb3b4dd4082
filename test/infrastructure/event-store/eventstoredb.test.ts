import { isLeft } from 'fp-ts/lib/Either.js'
import { openEventStoreDb } from '../../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import { eventStoreContract } from '../../contract/event-store.ts'
import { startStandIn } from '../../support/eventstoredb/stand-in.ts'

const serverUrl = process.env.EVENTSTOREDB_URL

eventStoreContract(`the EventStoreDB store on ${serverUrl === undefined ? 'the stand-in' : 'a server'}`, async () => {
  const standIn = serverUrl === undefined ? await startStandIn() : null
  const url = standIn?.url ?? serverUrl ?? ''
  const open = async () => {
    const opened = await openEventStoreDb({ url, development: true })()
    if (isLeft(opened)) throw new Error(`the store cannot be opened: ${opened.left.detail}`)
    return opened.right
  }
  let store = await open()
  const reopen = async () => {
    await store.close()
    store = await open()
    return store
  }
  const dispose = async () => {
    await store.close()
    standIn?.kill()
  }
  return { store, reopen, dispose }
})
