import { setTimeout as sleep } from 'node:timers/promises';
import { ATTACKS } from './attacks.ts';
import { closedLoop, Gun, percentile, statuses } from './load.ts';

/** What the attacker's process is told to do. A process of its own, so that its work does not slow who measures. */
export interface AttackOrder {
  readonly name: string;
  readonly port: number;
  readonly seconds: number;
  readonly attackers: number;
  readonly pauseMs: number;
}

process.on('message', async ({ name, port, seconds, attackers, pauseMs }: AttackOrder) => {
  const attack = ATTACKS[name]?.() ?? '';
  const gun = new Gun(port, `127.0.0.${2 + Object.keys(ATTACKS).indexOf(name)}`);
  const shots = await closedLoop(attackers, seconds, async () => {
    const shot = await gun.fire(attack);
    await sleep(pauseMs);
    return shot;
  });
  gun.close();
  process.send?.({
    perS: Math.round(shots.length / seconds),
    answers: statuses(shots),
    p99: percentile(shots, 99),
  });
});
