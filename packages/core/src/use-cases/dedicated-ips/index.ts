export { type AllocatedIps, applyForIps } from './apply-ips.js'
export { assignIp, setIpTags, unassignIp } from './assign-ip.js'
export { billOf, type IpBill } from './bill-ips.js'
export { closeService, disableIp } from './disable-ip.js'
export { createInventory, type Inventory } from './inventory.js'
export {
  type ApplyIpsInput,
  type AssignIpInput,
  applyIpsSchema,
  assignIpSchema,
  type BillIpsInput,
  billIpsSchema,
  ipSchema,
  type ListIpsInput,
  listIpsSchema,
  type OpenIpsInput,
  openIpsSchema,
  type RecommendIpsInput,
  recommendIpsSchema,
  type UnassignIpInput,
  unassignIpSchema,
} from './ip-input.js'
export { type IpServiceView, serviceView } from './ip-service.js'
export type { DedicatedIpView } from './ip-view.js'
export { type LedgerEntryView, listIps, listLedger } from './list-ips.js'
export { openService } from './open-service.js'
