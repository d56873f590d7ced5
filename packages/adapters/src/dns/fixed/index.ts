export { type FixedDns, type FixedRecords, fixedDns } from './fixed-dns.js'
