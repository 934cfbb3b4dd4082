import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { grantErasureContract } from '../../contract/event-store/grant-erasure.ts'
import { payloadErasureContract } from '../../contract/event-store/payload-erasure.ts'
import { eventStoreContract } from '../../contract/event-store.ts'

const open = async () => {
  const store = memoryEventStore()
  return { store, dispose: store.close }
}

eventStoreContract('the memory store', open)
payloadErasureContract('the memory store', open)
grantErasureContract('the memory store', open)
