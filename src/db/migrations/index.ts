import { Migration } from '@mikro-orm/migrations';
import { parties } from './m0001-parties.ts';
import { pool } from './m0002-pool.ts';
import { orders } from './m0003-orders.ts';

/** The migrations in their order. One that has been released is never edited: a further one is added. */
export const migrations = () => [
  { name: '0001-parties', class: ofSql(parties) },
  { name: '0002-pool', class: ofSql(pool) },
  { name: '0003-orders', class: ofSql(orders) },
];

function ofSql(sql: string): new (...args: ConstructorParameters<typeof Migration>) => Migration {
  // A class expression: Vite moves the superclass of a declaration to a place that is not yet evaluated here.
  return class SqlMigration extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  };
}
