/** Runs the work again and again in each lane, the lanes at once, until it answers false. */
export async function inLanes(lanes: number, work: (lane: number) => Promise<boolean>): Promise<void> {
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      while (await work(lane));
    }),
  );
}
