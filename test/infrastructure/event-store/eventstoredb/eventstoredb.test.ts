import { eventStoreContract } from '../../../contract/event-store.ts'
import { openStore, serverForTest, serverName } from './eventstoredb-for-test.ts'

eventStoreContract(`the EventStoreDB store on ${serverName}`, async () => {
  const server = await serverForTest()
  let store = await openStore(server.url)
  const reopen = async () => {
    await store.close()
    store = await openStore(server.url)
    return store
  }
  const dispose = async () => {
    await store.close()
    server.close()
  }
  return { store, reopen, dispose }
})
