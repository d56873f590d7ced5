import { MailError } from '../../errors/mail-error.js'
import type { Change, Outcome } from '../../ports/changes.js'
import type { Storage } from '../../ports/storage.js'

export type Booking = Extract<Change, { type: 'window.book' }>
export type Booked = Extract<Outcome, { type: 'booked' }>

/** Books with one call of the storage at a time: those that come meanwhile go together with the next one. */
export interface BookingDesk {
  /** Rejects as `apply` does; it is open then whether it was. */
  book(booking: () => Booking): Promise<Booked>
}

interface Order {
  readonly booking: () => Booking
  resolve(booked: Booked): void
  reject(error: unknown): void
}

export function createBookingDesk(storage: Pick<Storage, 'apply' | 'name'>): BookingDesk {
  let orders: Order[] = []
  let busy = false

  const deliver = async (): Promise<void> => {
    busy = true
    // What is asked for in the same turn goes together too.
    await Promise.resolve()
    while (orders.length > 0) {
      const going = orders
      orders = []
      try {
        const results = await storage.apply(going.map(({ booking }) => ({ guards: [], changes: [booking()] })))
        for (const [index, { resolve, reject }] of going.entries()) {
          const result = results[index]
          const outcome = result?.applied ? result.outcomes[0] : undefined
          if (outcome?.type === 'booked') resolve(outcome)
          else reject(new MailError('ADAPTER_FAILED', { adapter: storage.name, operation: 'window.book' }))
        }
      } catch (error) {
        for (const { reject } of going) reject(error)
      }
    }
    busy = false
  }

  return {
    book: (booking) =>
      new Promise((resolve, reject) => {
        orders.push({ booking, resolve, reject })
        if (!busy) void deliver()
      }),
  }
}
