export { createTestKit, type TestKit, type TestKitOptions } from './test-kit.js'
