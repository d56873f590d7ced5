export { BYTE_ORDER_MARK, type CsvCell, csvLine, withoutGuard } from './csv-line.js'
export { type CsvFormat, type CsvRecord, type CsvRecords, csvRecords } from './csv-records.js'
