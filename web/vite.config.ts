import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// `base` is relative so that the server may serve the page from any path; nothing is inlined as data: so that a strict
// content security policy holds. Chromium 109 is the oldest browser that hospitals' Windows 7 machines can run.
export default defineConfig({
  base: './',
  plugins: [react(), woff2Only()],
  build: {
    target: 'chrome109',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': backend(), '/ready': backend(), '/health': backend(), '/docs': backend() } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test_setup.ts'],
    testTimeout: 60_000, // against a hang, not a measure: the machine may be busy
  },
});

// KaTeX names each font in three formats; every browser that the page is for takes the first.
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    generateBundle(_, bundle) {
      for (const name of Object.keys(bundle)) if (/\.(woff|ttf)$/.test(name)) Reflect.deleteProperty(bundle, name);
    },
  };
}

function backend(): string {
  return process.env['MEDMARK_URL'] ?? 'http://127.0.0.1:7860';
}
