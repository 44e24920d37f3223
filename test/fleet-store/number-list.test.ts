import { expect, test } from 'vitest';
import { NumberList, NumberSpace } from '../../agent/fleet-store/number-list.ts';

const numbers = Float64Array.from({ length: 1000 }, (_, index) => index);

test('a list has what was added, in its order, past the end of a chunk', () => {
  const list = new NumberList(new NumberSpace());
  for (const number of numbers.subarray(0, 300)) list.push(number);
  list.pushAll(numbers, 300, 900);
  list.repeat(7, 600);
  list.pushAll(numbers, 5, 5);
  list.repeat(8, 0);
  expect(list.length).toBe(1500);
  expect([...list.flat()]).toEqual([...numbers.subarray(0, 900), ...Array.from({ length: 600 }, () => 7)]);
});

test('an empty list has no numbers', () => {
  const list = new NumberList(new NumberSpace());
  expect([list.length, [...list.flat()]]).toEqual([0, []]);
});

test('a list that is cleared gives its memory to the next one, whose numbers are its own', () => {
  const space = new NumberSpace();
  const [first, second] = [new NumberList(space), new NumberList(space)];
  for (let round = 0; round < 3; round++)
    for (const list of [first, second]) {
      list.pushAll(numbers, round, 700);
      expect([...list.flat()]).toEqual([...numbers.subarray(round, 700)]);
      list.clear();
      expect([list.length, [...list.flat()]]).toEqual([0, []]);
    }
  expect(space.chunks).toBe(3);
});
