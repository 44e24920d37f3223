import { always, printed, type Renderer } from '../../simulated/renderer.ts';
import { smartCardMapping } from './smart-card-mapping.ts';

export const renderer: Renderer = {
  command: 'scAuth',
  answer: ({ smartCards }) =>
    always(printed(smartCards === 'paired' ? 'Hash: 0123456789ABCDEF0123456789ABCDEF01234567\n' : '')),
  files: ({ smartCards }) => [
    [smartCardMapping, smartCards === 'mapped' ? '<plist version="1.0"><dict/></plist>\n' : null],
  ],
};
