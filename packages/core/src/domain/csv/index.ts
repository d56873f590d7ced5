export { BYTE_ORDER_MARK, type CsvCell, csvLine, withoutGuard } from './csv-line.js'
