import { createTheme, type MantineColorsTuple } from '@mantine/core';

// A calm blue-green; shade 7 on white has a contrast of 5.4:1.
const clinical: MantineColorsTuple = [
  '#e9f7f9',
  '#d6ecef',
  '#abd8de',
  '#7cc3cc',
  '#56b1bd',
  '#3ea6b3',
  '#2b97a5',
  '#0b7285',
  '#0a6373',
  '#064e5b',
];

export const theme = createTheme({
  colors: { clinical },
  primaryColor: 'clinical',
  primaryShade: 7,
  defaultRadius: 'sm',
  fontFamily:
    '"Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", "Segoe UI", sans-serif',
  fontFamilyMonospace: 'Consolas, "DejaVu Sans Mono", "WenQuanYi Micro Hei Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
  },
  focusRing: 'auto',
});
