import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { staticModule } from './static-module.js'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  // Relative, since nobody knows under which path a host mounts it.
  base: './',
  plugins: [react(), staticModule(at('dist'))],
  build: {
    target: 'es2022',
    // What these do not know is rewritten: older ones would get `light-dark()` in a form that only works where a style sheet sets `color-scheme`.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: at('.tmp/static'),
    emptyOutDir: true,
    // The policy of the page allows no script and no image that stands in the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
})
