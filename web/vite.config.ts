import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `base` is relative so that the server may serve the page from any path; nothing is inlined as data: so that a strict
// content security policy holds. Chromium 109 is the oldest browser that hospitals' Windows 7 machines can run.
export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    target: 'chrome109',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        manualChunks: (id) => {
          if (id.includes('node_modules/echarts') || id.includes('node_modules/zrender')) return 'chart';
          if (id.includes('node_modules/katex')) return 'formula';
          return undefined;
        },
      },
    },
  },
  server: { proxy: { '/api': backend(), '/ready': backend(), '/health': backend(), '/docs': backend() } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test_setup.ts'] },
});

function backend(): string {
  return process.env['MEDMARK_URL'] ?? 'http://127.0.0.1:7860';
}
