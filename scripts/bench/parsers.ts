import { parseLog } from '../../agent/mac/parse/log.ts';
import { initialMac } from '../../agent/mac/simulated/model.ts';
import { parseAppSso } from '../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { renderAppSso } from '../../agent/mac/sources/app-sso/simulated.ts';
import { type Figure, median } from './figure.ts';

export function parserFigures(rounds: number): Figure[] {
  return [appSso(rounds), log(rounds)];
}

function timeOf(work: () => void): number {
  const began = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}

/** Both in the same rounds, after both have run warm. */
function paired(rounds: number, one: () => void, other: () => void): { one: number; other: number } {
  const [ones, others]: [number[], number[]] = [[], []];
  for (let round = -3; round < rounds; round++) {
    const [first, second] = [timeOf(one), timeOf(other)];
    if (round >= 0) {
      ones.push(first);
      others.push(second);
    }
  }
  return { one: median(ones), other: median(others) };
}

function appSso(rounds: number): Figure {
  const start = Date.UTC(2026, 0, 5, 8);
  const mac = initialMac({ start, macos: '15.6', user: 'alex' });
  const many = 500;
  // Each differs, as each real answer does.
  const texts = Array.from({ length: many }, (_, index) => renderAppSso(mac, start + index * 300_000));
  const bodies = texts.map((text) => [...text.matchAll(/^ ?\{\n[\s\S]*?^\}$/gm)].map(([body]) => body));
  const { one, other } = paired(
    rounds,
    () => {
      for (const text of texts) parseAppSso(text, { account: 'alex' });
    },
    () => {
      for (const body of bodies.flat()) JSON.parse(body);
    },
  );
  return {
    name: 'parsing app-sso output',
    value: (one / many) * 1000,
    unit: 'µs',
    reference: { name: 'JSON.parse of its bodies', value: (other / many) * 1000 },
    limit: 5,
  };
}

function log(rounds: number): Figure {
  const line = (index: number) =>
    JSON.stringify({
      timestamp: '2026-01-05 08:00:00.000000+0000',
      processImagePath: '/usr/libexec/other',
      subsystem: index % 50 === 0 ? 'com.apple.AppSSO' : 'com.apple.something.else',
      category: 'general',
      messageType: 'Default',
      eventMessage: `an ordinary line of the log, number ${index}, with some words more in it`,
      traceID: index,
      threadID: 1234,
    });
  const lines = Array.from({ length: 20_000 }, (_, index) => line(index));
  const text = lines.join('\n');
  const megabytes = text.length / 1e6;
  const { one, other } = paired(
    rounds,
    () => {
      parseLog(text);
    },
    () => {
      for (const each of lines) JSON.parse(each);
    },
  );
  return {
    name: 'log enrichment',
    value: megabytes / (one / 1000),
    unit: 'MB/s',
    reference: { name: 'JSON.parse line by line', value: megabytes / (other / 1000) },
    limit: 1,
    atLeast: true,
  };
}
