/** Imported before the program: its clock stands at the instant in PICTURE_TIME, so that pictures repeat. */
const instant = Date.parse(process.env.PICTURE_TIME ?? '');
if (Number.isNaN(instant)) throw new Error('PICTURE_TIME is not an instant.');

const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [instant] : args, newTarget),
  get: (target, key) => (key === 'now' ? () => instant : Reflect.get(target, key)),
});
